import type { PageActions } from '../../page.ts'
import type { Catalogue } from '../../text/catalogue.ts'
import type { Language } from '../../text/languages.ts'
import type { PanelCatalogue } from '../../text/panel-catalogue.ts'

/** What every row of the panel needs. */
export interface RowProps {
  readonly text: Catalogue
  readonly panels: PanelCatalogue
  readonly language: Language
  readonly actions: PageActions
  /** The list is to be loaded again. */
  readonly changed: () => void
}
