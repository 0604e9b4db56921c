import type { Catalogue } from './catalogue.ts'
import { en } from './en.ts'
import { ja } from './ja.ts'
import type { Language } from './languages.ts'

const CATALOGUES: Record<Language, Catalogue> = { en, ja }

export function catalogueOf(language: Language): Catalogue {
  return CATALOGUES[language]
}
