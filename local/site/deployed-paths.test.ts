import { describe, expect, it } from 'vitest'
import { isDeployed } from './deployed-paths.ts'

describe('a deployment takes', () => {
  it.each<[string, boolean, string[], string[]]>([
    ['index.html', true, [], []],
    ['index.html', false, ['*'], []],
    ['index.html', false, ['*'], ['assets/*']],
    ['assets/app.js', true, ['*'], ['assets/*']],
    ['assets/deep/app.js', true, ['*'], ['assets/*']],
    ['assets/app.js', false, ['assets/*'], []],
    ['assets.txt', true, ['assets/*'], []],
    ['a.js', false, ['?.js'], []],
    ['ab.js', true, ['?.js'], []],
    ['axjs', true, ['a.js'], []],
  ])('%s: %s (exclude %j, include %j)', (path, expected, exclude, include) => {
    expect(isDeployed(path, exclude, include)).toBe(expected)
  })
})
