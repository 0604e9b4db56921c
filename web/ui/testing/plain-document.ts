/**
 * As much of a document as Preact draws into: elements, attributes, text. It makes text of text and nothing else:
 * whoever would hand it markup fails.
 */
export class PlainNode {
  readonly nodeType: number
  readonly localName: string
  readonly namespaceURI = 'http://www.w3.org/1999/xhtml'
  readonly attributes: { name: string; value: string }[] = []
  readonly childNodes: PlainNode[] = []
  readonly listeners = new Map<string, (this: PlainNode, event: object) => void>()
  readonly style = {}
  parentNode: PlainNode | null = null
  data: string
  open = false

  constructor(nodeType: number, localName: string, data = '') {
    this.nodeType = nodeType
    this.localName = localName
    this.data = data
  }

  get children(): PlainNode[] {
    return this.childNodes.filter(({ nodeType }) => nodeType === 1)
  }

  get firstChild(): PlainNode | null {
    return this.childNodes[0] ?? null
  }

  get nextSibling(): PlainNode | null {
    const siblings = this.parentNode?.childNodes ?? []
    return siblings[siblings.indexOf(this) + 1] ?? null
  }

  get ownerDocument() {
    return plainDocument
  }

  set innerHTML(markup: string) {
    throw new Error(`markup: ${markup}`)
  }

  get textContent(): string {
    return this.nodeType === 3 ? this.data : this.childNodes.map((child) => child.textContent).join('')
  }

  insertBefore(child: PlainNode, before: PlainNode | null): PlainNode {
    child.remove()
    const index = before === null ? this.childNodes.length : this.childNodes.indexOf(before)
    this.childNodes.splice(index, 0, child)
    child.parentNode = this
    return child
  }

  appendChild(child: PlainNode): PlainNode {
    return this.insertBefore(child, null)
  }

  /** Of names of elements, separated by commas. */
  querySelector(names: string): PlainNode | null {
    return elementsOf(this).find(({ localName }) => names.split(', ').includes(localName)) ?? null
  }

  removeChild(child: PlainNode): void {
    if (child.contains(plainDocument.activeElement)) plainDocument.activeElement = null
    this.childNodes.splice(this.childNodes.indexOf(child), 1)
    child.parentNode = null
  }

  remove(): void {
    this.parentNode?.removeChild(this)
  }

  contains(other: PlainNode | null): boolean {
    return other !== null && (other === this || this.contains(other.parentNode))
  }

  setAttribute(name: string, value: unknown): void {
    this.removeAttribute(name)
    this.attributes.push({ name, value: String(value) })
  }

  removeAttribute(name: string): void {
    const index = this.attributes.findIndex((attribute) => attribute.name === name)
    if (index >= 0) this.attributes.splice(index, 1)
  }

  attribute(name: string): string | undefined {
    return this.attributes.find((attribute) => attribute.name === name)?.value
  }

  /** To this node alone: nothing here relies on bubbling. */
  dispatch(type: string): void {
    this.listeners.get(type)?.call(this, { type, currentTarget: this, preventDefault() {} })
  }

  addEventListener(type: string, listener: (this: PlainNode, event: object) => void): void {
    this.listeners.set(type, listener)
  }

  removeEventListener(type: string): void {
    this.listeners.delete(type)
  }

  showModal(): void {
    this.open = true
  }

  close(): void {
    this.open = false
  }

  focus(): void {
    plainDocument.activeElement = this
  }

  scrollIntoView(): void {}
}

export const plainDocument = {
  documentElement: new PlainNode(1, 'html'),
  activeElement: null as PlainNode | null,
  fullscreenEnabled: false,
  title: '',
  createElement: (name: string) => new PlainNode(1, name),
  createElementNS: (_namespace: string, name: string) => new PlainNode(1, name),
  createTextNode: (data: string) => new PlainNode(3, '#text', data),
  addEventListener() {},
  removeEventListener() {},
}

/** Every element below, the outermost first. */
export function elementsOf(node: PlainNode): PlainNode[] {
  return node.children.flatMap((child) => [child, ...elementsOf(child)])
}
