/** What has arrived and not been asked for yet; a test waits for the next item instead of for a time. */
export class Mailbox<Item> {
  readonly #items: Item[] = []
  #waiting: { readonly wanted: (item: Item) => boolean; readonly take: (item: Item) => void }[] = []

  put(item: Item): void {
    const waiting = this.#waiting.find(({ wanted }) => wanted(item))
    if (waiting === undefined) {
      this.#items.push(item)
      return
    }
    this.#waiting = this.#waiting.filter((other) => other !== waiting)
    waiting.take(item)
  }

  /** The first item that is wanted, now or once it comes; others stay for later. */
  next(wanted: (item: Item) => boolean = () => true): Promise<Item> {
    const place = this.#items.findIndex(wanted)
    const [item] = place < 0 ? [] : this.#items.splice(place, 1)
    if (item !== undefined) return Promise.resolve(item)
    return new Promise((take) => this.#waiting.push({ wanted, take }))
  }

  /** What has come and was not asked for. */
  rest(): readonly Item[] {
    return this.#items
  }
}
