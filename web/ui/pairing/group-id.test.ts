import { expect, it } from 'vitest'
import { groupId } from './group-id.ts'

it('groups an id by four and loses nothing of it', () => {
  const id = 'NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs'
  const groups = groupId(id)
  expect(groups).toHaveLength(11)
  expect(groups[0]).toBe('NzbL')
  expect(groups.join('')).toBe(id)
  expect(groupId('')).toEqual([])
})
