import type { PageLanguage } from './page-text.ts'

/** The provider adds the hash of its own script where a page of its own has one. */
export const PAGE_HEADERS = {
  'Content-Security-Policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join(';'),
  'X-Content-Type-Options': 'nosniff',
  // With `no-referrer` a form of ours would be sent with the origin `null`.
  'Referrer-Policy': 'same-origin',
  'Cache-Control': 'no-store',
}

/** Hands the link's code on, which the browser sends to no server by itself; or asks for what the page offers. */
export const SCRIPT = `const form = document.forms[0]
const code = form.elements.namedItem('code')
if (code) {
  code.value = location.hash.slice(1)
  history.replaceState(null, '', location.pathname)
}
form.requestSubmit(document.querySelector('button'))
`

export function enterPage(language: PageLanguage, base: string): string {
  const { text } = language
  return page(
    language,
    base,
    `<p>${text.entering}</p><noscript><p>${text.needsScript}</p></noscript>
<form method="post" action="${base}/enter"><input type="hidden" name="code"></form>${scriptTag(base)}`,
  )
}

export function noEntrancePage(
  language: PageLanguage,
  base: string,
  reason: 'wrong' | 'used' | 'expired',
): string {
  const { text } = language
  return page(
    language,
    base,
    `<h1>${text.byLinkTitle}</h1><p>${text[reason]}</p>${remindForm(language, base)}`,
  )
}

export function switchPage(
  language: PageLanguage,
  base: string,
  { from, to, code }: { readonly from: string; readonly to: string; readonly code: string },
): string {
  const { text } = language
  return page(
    language,
    base,
    `<h1>${text.switchTitle}</h1><p>${text.switching(escapeHtml(from), escapeHtml(to))}</p>
<form method="post" action="${base}/enter"><input type="hidden" name="code" value="${escapeHtml(code)}">
<p><button name="sure" value="yes">${text.goOn}</button></p></form>${cancelLink(language)}`,
  )
}

export function signInByLinkPage(language: PageLanguage, base: string): string {
  const { text } = language
  return page(
    language,
    base,
    `<h1>${text.byLinkTitle}</h1><p>${text.byLink}</p>${remindForm(language, base)}`,
  )
}

export function remindedPage(language: PageLanguage, base: string): string {
  const { text } = language
  return page(language, base, `<h1>${text.byLinkTitle}</h1><p>${text.reminded}</p>${homeLink(language)}`)
}

/** The way back in for whoever has signed out, or has another phone. */
function remindForm(language: PageLanguage, base: string): string {
  const { text } = language
  return `<form method="post" action="${base}/remind"><p><label>${text.address}<br>
<input type="email" name="email" autocomplete="email" required></label></p><p><button>${text.remind}</button></p></form>${cancelLink(language)}`
}

/** `form` is the provider's; `asked`: who came from the app has been asked there. */
export function leavePage(language: PageLanguage, base: string, form: string, asked: boolean): string {
  const { text } = language
  const button = `<button form="op.logoutForm" name="logout" value="yes">${text.leave}</button>`
  return page(
    language,
    base,
    `<h1>${text.leaveTitle}</h1>${form}<p>${button}</p>${cancelLink(language)}${asked ? scriptTag(base) : ''}`,
  )
}

export function leftPage(language: PageLanguage, base: string): string {
  return page(language, base, `<p>${language.text.left}</p>${homeLink(language)}`)
}

export function failedPage(language: PageLanguage, base: string, reason: string): string {
  const { text } = language
  return page(
    language,
    base,
    `<h1>${text.failedTitle}</h1><p><code>${escapeHtml(reason)}</code></p>${homeLink(language)}`,
  )
}

function page({ tag }: PageLanguage, base: string, content: string): string {
  return `<!doctype html><html lang="${tag}"><head><meta charset="utf-8"><title>Mihari 見張り</title>
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="${base}/page.css"></head>
<body><header>Mihari<span lang="ja">見張り</span></header><main>${content}</main></body></html>`
}

function scriptTag(base: string): string {
  return `<script src="${base}/page.js" defer></script>`
}

function homeLink({ text }: PageLanguage): string {
  return `<p><a href="/">${text.back}</a></p>`
}

function cancelLink({ text }: PageLanguage): string {
  return `<p><a href="/">${text.cancel}</a></p>`
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
