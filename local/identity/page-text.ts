const EN = {
  entering: 'Signing you in…',
  needsScript: 'This page needs JavaScript to read the link that you opened.',
  byLinkTitle: 'Sign in by your link',
  byLink:
    'There are no passwords on this box. The owner’s sign-in link is in the terminal in which Mihari runs; whoever was invited signs in by the link of the invitation.',
  wrong:
    'This link does not sign anybody in. It may be cut off, or from before Mihari was started again; and the link of an invitation signs in once, and only while no newer one was sent. The newest is in the terminal in which Mihari runs.',
  used: 'This link has been used already. It signs in once. If that was not you, tell the owner.',
  expired: 'This link is too old. Ask the owner for a new one.',
  address: 'Your e-mail address',
  remind: 'Show a new link in the terminal',
  reminded:
    'If there is an account with this address, a link for it appears in the terminal in which Mihari runs, at most one a minute. Ask whoever sits there to pass it on. If no new one appears, use the newest that is there, or ask again in a minute.',
  switchTitle: 'Sign in as somebody else?',
  switching: (from: string, to: string) =>
    `This browser is signed in as ${from}. The link that you opened is for ${to}.`,
  goOn: 'Go on',
  leaveTitle: 'Sign out?',
  leave: 'Sign out',
  left: 'You are signed out.',
  failedTitle: 'That did not work',
  back: 'Back to Mihari',
  cancel: 'Cancel and go back to Mihari',
}

const JA: typeof EN = {
  entering: 'サインインしています…',
  needsScript: '開いたリンクを読み取るために、このページでは JavaScript が必要です。',
  byLinkTitle: 'リンクでサインインしてください',
  byLink:
    'この Mihari にはパスワードがありません。オーナーのサインイン用リンクは、Mihari を実行しているターミナルに表示されています。招待された方は、招待のリンクからサインインしてください。',
  wrong:
    'このリンクではサインインできません。途中で切れているか、Mihari を再起動する前のものかもしれません。また、招待のリンクで使えるのは最新のものだけで、1回限りです。最新のリンクは、Mihari を実行しているターミナルに表示されています。',
  used: 'このリンクはすでに使われています。1回だけ使えます。心当たりがない場合は、オーナーに知らせてください。',
  expired: 'このリンクは期限が切れています。オーナーに新しいリンクを頼んでください。',
  address: 'メールアドレス',
  remind: '新しいリンクをターミナルに表示する',
  reminded:
    'このアドレスのアカウントがあれば、Mihari を実行しているターミナルにリンクが表示されます（1分に1つまで）。その端末のそばにいる方に、リンクを送ってもらってください。新しいリンクが表示されない場合は、表示済みの最新のリンクを使うか、1分後にもう一度お試しください。',
  switchTitle: '別の人としてサインインしますか？',
  switching: (from, to) =>
    `このブラウザーでは ${from} がサインインしています。開いたリンクは ${to} のものです。`,
  goOn: '続ける',
  leaveTitle: 'サインアウトしますか？',
  leave: 'サインアウト',
  left: 'サインアウトしました。',
  failedTitle: 'うまくいきませんでした',
  back: 'Mihari に戻る',
  cancel: 'キャンセルして Mihari に戻る',
}

export interface PageLanguage {
  readonly tag: 'en' | 'ja'
  readonly text: typeof EN
}

const ENGLISH: PageLanguage = { tag: 'en', text: EN }
const JAPANESE: PageLanguage = { tag: 'ja', text: JA }

/** The one that the browser would rather have (RFC 9110, section 12.5.4). */
export function choosePageLanguage(acceptLanguage: string | undefined): PageLanguage {
  const wanted = (acceptLanguage ?? '').split(',').map((range) => {
    const [tag = '', quality] = range.trim().split(/;\s*q=/)
    return { tag: tag.toLowerCase().split('-')[0], quality: quality === undefined ? 1 : Number(quality) }
  })
  const [best] = wanted
    .filter(({ tag, quality }) => (tag === 'ja' || tag === 'en') && quality > 0)
    .sort((a, b) => b.quality - a.quality)
  return best?.tag === 'ja' ? JAPANESE : ENGLISH
}
