import { findSecrets } from './find-secrets.ts'
import type { RunTranscripts } from './transcripts.ts'

/** What is wrong with what the programs of a run wrote. `isWholeRun`: every file of tests has passed. */
export function judgeTranscripts(
  { transcripts, secrets }: RunTranscripts,
  isWholeRun: boolean,
): readonly string[] {
  const given = transcripts.flatMap(({ file, lines }) =>
    lines.flatMap((line) => {
      const found = findSecrets(line, secrets)
      return found.length === 0 ? [] : [`${file} has ${found.join(', ')}\n    ${line.slice(0, 300)}`]
    }),
  )
  // Every program says at least that it has started: that nothing is found in nothing proves nothing.
  const unheard = transcripts.flatMap(({ file, lines }) =>
    lines.length === 0 ? [`${file} has no line`] : [],
  )
  // A few files alone may start no program, all of them do.
  const none = isWholeRun && transcripts.length === 0 ? ['no program was listened to'] : []
  return [...new Set([...none, ...unheard, ...given])]
}
