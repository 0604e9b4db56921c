import { expect, test } from 'vitest'
import { Mailbox } from '../testing/mailbox.ts'
import { createBoundedLookup } from './bounded-lookup.ts'

type Done = (error: NodeJS.ErrnoException | null, address: string, family: number) => void

function begin() {
  const asked: Done[] = []
  const answers = new Mailbox<string>()
  const lookUp = createBoundedLookup((_name, _options, done) => asked.push(done as Done))
  return {
    asked,
    answers,
    ask: () => lookUp('cloud.example', {}, (error, address) => answers.put(error?.code ?? String(address))),
  }
}

test('names are looked up, two at a time; one more fails at once instead of queueing', async () => {
  const { asked, answers, ask } = begin()
  ask()
  ask()
  ask()
  expect(await answers.next()).toBe('EAI_AGAIN')
  expect(asked).toHaveLength(2)
})

test('an answer, good or bad, makes room', async () => {
  const { asked, answers, ask } = begin()
  ask()
  ask()
  asked[0]?.(null, '192.0.2.1', 4)
  asked[1]?.(Object.assign(new Error('no'), { code: 'ENOTFOUND' }), '', 4)
  expect([await answers.next(), await answers.next()]).toEqual(['192.0.2.1', 'ENOTFOUND'])
  ask()
  ask()
  expect(asked).toHaveLength(4)
})
