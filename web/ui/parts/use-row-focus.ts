import type { RefObject } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'

/**
 * When a row goes whose button had the focus, the row that comes up in its place gets it, and where there is none the
 * list's heading: else it would fall back to the top of the page.
 */
export function useRowFocus(
  list: RefObject<HTMLElement | null>,
  heading: RefObject<HTMLElement | null>,
  rows: unknown,
): void {
  const had = useRef(-1)
  had.current = rowsOf(list.current).findIndex((row) => row.contains(document.activeElement))
  useLayoutEffect(() => {
    if (had.current < 0 || list.current?.contains(document.activeElement)) return
    const row = rowsOf(list.current)[had.current]
    const next = row?.querySelector<HTMLElement>('summary, button')
    ;(next ?? heading.current)?.focus()
  }, [rows])
}

function rowsOf(list: HTMLElement | null): Element[] {
  return [...(list?.children ?? [])]
}
