/** Answers what the parent asks over the channel that this process was started with. */
export function answerParent<Ask>(answer: (ask: Ask) => unknown): void {
  process.on('message', (message: unknown) => {
    if (typeof message !== 'object' || message === null || !('id' in message) || !('ask' in message)) return
    const { id } = message
    const reply = (result: object) => void process.send?.({ id, ...result })
    Promise.resolve()
      .then(() => answer(message.ask as Ask))
      .then(
        (answered) => reply({ answer: answered ?? null }),
        (error: unknown) => reply({ error: error instanceof Error ? error.message : String(error) }),
      )
  })
}
