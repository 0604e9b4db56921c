import { expect, test } from 'vitest'
import { createFakeClock } from '../testing/fake-clock.ts'
import { Mailbox } from '../testing/mailbox.ts'
import { createSharedLookup } from './shared-lookup.ts'

type Done = (error: NodeJS.ErrnoException | null, address: string, family: number) => void

function begin() {
  const clock = createFakeClock()
  const asked: Done[] = []
  const answers = new Mailbox<string>()
  const lookUp = createSharedLookup(clock, (_name, _options, done) => asked.push(done as Done))
  return {
    clock,
    asked,
    answers,
    ask: (name = 'cloud.example') =>
      lookUp(name, {}, (error, address) => answers.put(error?.code ?? String(address))),
  }
}
const notFound = Object.assign(new Error('no'), { code: 'ENOTFOUND' })

test('a name is asked for by one question at a time, and its answer is everybody’s', async () => {
  const { asked, answers, ask } = begin()
  ask()
  ask()
  ask('other.example')
  expect(asked).toHaveLength(2)
  asked[0]?.(null, '192.0.2.1', 4)
  expect([await answers.next(), await answers.next()]).toEqual(['192.0.2.1', '192.0.2.1'])
  expect(answers.rest()).toEqual([])
})

test('an answer that came too late for one attempt is the next one’s at once, and the name is asked for anew', async () => {
  const { clock, asked, answers, ask } = begin()
  ask()
  clock.advance(5_000)
  asked[0]?.(null, '192.0.2.1', 4)
  await answers.next()
  ask()
  expect(await answers.next()).toBe('192.0.2.1')
  expect(asked).toHaveLength(2)
  asked[1]?.(null, '192.0.2.2', 4)
  expect(answers.rest()).toEqual([])
  ask()
  expect(await answers.next()).toBe('192.0.2.2')
})

test('it is remembered for a minute, whatever fails meanwhile', async () => {
  const { clock, asked, answers, ask } = begin()
  ask()
  asked[0]?.(null, '192.0.2.1', 4)
  await answers.next()
  clock.advance(59_999)
  ask()
  expect(await answers.next()).toBe('192.0.2.1')
  asked[1]?.(notFound, '', 4)
  clock.advance(1)
  ask()
  asked[2]?.(notFound, '', 4)
  expect(await answers.next()).toBe('ENOTFOUND')
})

test('a bad answer is nobody’s but of those who waited', async () => {
  const { asked, answers, ask } = begin()
  ask()
  asked[0]?.(notFound, '', 4)
  expect(await answers.next()).toBe('ENOTFOUND')
  ask()
  expect(answers.rest()).toEqual([])
  expect(asked).toHaveLength(2)
})
