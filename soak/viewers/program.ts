import { answerParent, heapUsed } from '../home/answer-parent.ts'
import { VIEWERS } from '../layout.ts'
import { HeadlessViewer } from './headless-viewer.ts'
import { Journal } from './journal.ts'
import type { Surroundings, ViewersAsk, ViewersMemory } from './messages.ts'
import { ownersToken } from './owner-token.ts'

let surroundings: Surroundings = { siteUrl: '', socketUrl: '', signInLink: '' }
const ownerSource = ownersToken(() => surroundings)
let isKept = false
const journals = VIEWERS.map(() => new Journal())
const viewers = VIEWERS.map(
  ({ name }, index) =>
    new HeadlessViewer({
      socketUrl: () => surroundings.socketUrl,
      owner: ownerSource(),
      note: (line) => process.stdout.write(`${name} ${line}\n`),
      shown: (snapshot) => {
        if (isKept) journals[index]?.note(snapshot)
      },
    }),
)

answerParent<ViewersAsk>((ask) => {
  switch (ask.kind) {
    case 'surroundings':
      surroundings = ask.surroundings
      return undefined
    case 'do':
      return viewers[ask.viewer]?.do(ask.deed)
    case 'pass':
      return viewers[ask.viewer]?.pass(ask.fromMs, ask.belowMs)
    case 'facts':
      return viewers.map((viewer) => viewer.facts())
    case 'keep-history':
      isKept = true
      return undefined
    case 'history':
      return journals.map((journal) => journal.history())
    case 'memory':
      return { heap: heapUsed(), rss: process.memoryUsage.rss() } satisfies ViewersMemory
  }
})

// libwebrtc's threads would keep the process: it has to be ended.
process.once('SIGTERM', () => process.exit(0))
process.once('disconnect', () => process.exit(0))
