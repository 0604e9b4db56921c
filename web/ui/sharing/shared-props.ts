import type { VisibleCamera } from '../../../protocol/welcome.ts'
import type { PageActions } from '../../page.ts'
import type { Catalogue } from '../../text/catalogue.ts'
import type { Language } from '../../text/languages.ts'
import type { PanelCatalogue } from '../../text/panel-catalogue.ts'

/** What every part of the panel of one camera needs. */
export interface SharedProps {
  readonly text: Catalogue
  readonly panels: PanelCatalogue
  readonly language: Language
  readonly actions: PageActions
  readonly camera: VisibleCamera
}
