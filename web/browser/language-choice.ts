import { type Language, pickLanguage } from '../text/languages.ts'

const KEY = 'mihari.language'

export function readLanguage(): Language {
  return pickLanguage(readStored(), navigator.languages)
}

export function keepLanguage(language: Language): void {
  try {
    localStorage.setItem(KEY, language)
  } catch {
    // Storage may be forbidden or full: then the choice lasts as long as the page.
  }
}

function readStored(): string | null {
  try {
    return localStorage.getItem(KEY)
  } catch {
    return null
  }
}
