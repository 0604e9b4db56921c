import { options, render } from 'preact'
import { paintLater } from './browser/paint-later.ts'
import { openPage } from './open-page.ts'
import { App } from './ui/app.tsx'
import './ui/base.css'
import './ui/buttons.css'
import './ui/header.css'
import './ui/notice.css'
import './ui/camera-grid.css'
import './ui/stage.css'
import './ui/owner-tools.css'
import './ui/alarm.css'
import './ui/parts/forms.css'
import './ui/parts/sheet.css'
import './ui/account/account.css'
import './ui/pairing/pairing.css'

options.debounceRendering = paintLater(window)

const page = openPage()
const root = document.getElementById('app')
if (root !== null) render(<App page={page} />, root)
