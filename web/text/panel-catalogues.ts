import type { Language } from './languages.ts'
import type { PanelCatalogue } from './panel-catalogue.ts'
import { PANELS_EN } from './panels-en.ts'
import { PANELS_JA } from './panels-ja.ts'

const PANEL_CATALOGUES: Record<Language, PanelCatalogue> = { en: PANELS_EN, ja: PANELS_JA }

export function panelCatalogueOf(language: Language): PanelCatalogue {
  return PANEL_CATALOGUES[language]
}
