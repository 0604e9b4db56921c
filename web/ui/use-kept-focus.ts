import type { RefObject } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'

/** When a change takes away the button that had the focus, the one that now does the next thing gets it. */
export function useKeptFocus(container: RefObject<HTMLElement | null>, state: string): void {
  const had = useRef(false)
  had.current = container.current?.contains(document.activeElement) ?? false
  useLayoutEffect(() => {
    const element = container.current
    if (element === null || !had.current || element.contains(document.activeElement)) return
    element.querySelector<HTMLElement>('[data-primary]')?.focus()
  }, [state])
}
