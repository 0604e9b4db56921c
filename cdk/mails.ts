import type { UserInvitationConfig, UserVerificationConfig } from 'aws-cdk-lib/aws-cognito'
import { appLink } from '../protocol/app-link.ts'

// What Cognito mails in the app's name, in both languages of the app, because it knows the language of nobody. It
// puts the address for `{username}` and the one-time password or code for `{####}`; each stands once, on its own.

export function invitation(siteOrigin: string): UserInvitationConfig {
  const link = appLink(siteOrigin, { kind: 'sign-in' })
  return {
    emailSubject: 'Mihari: your invitation / Mihari（見張り）への招待',
    emailBody: html([
      'You are invited to Mihari, an app that shows home cameras live in your browser. Open the link and sign in. There you choose a password of your own, and a passkey if you like. The one-time password is good for 7 days. If you do not know who invited you, ignore this mail.',
      '自宅のカメラの映像をブラウザーで見るアプリ「Mihari（見張り）」に招待されました。リンクを開いてサインインしてください。サインイン時にご自分のパスワードを設定し、パスキーも登録できます。仮パスワードの有効期限は7日間です。心当たりのない場合は、このメールを無視してください。',
      `<a href="${link}">${link}</a>`,
      'E-mail / メールアドレス: {username}',
      'One-time password / 仮パスワード: {####}',
    ]),
  }
}

/** When somebody has forgotten a password, or changes an address. */
export const VERIFICATION: UserVerificationConfig = {
  emailSubject: 'Mihari: your code / Mihari（見張り）の確認コード',
  emailBody: html([
    'Your code for Mihari, the app that shows a home camera. If you did not ask for one, ignore this mail.',
    '自宅のカメラの映像を見るアプリ「Mihari（見張り）」の確認コードです。心当たりのない場合は、このメールを無視してください。',
    '{####}',
  ]),
}

function html(paragraphs: readonly string[]): string {
  return paragraphs.map((paragraph) => `<p>${paragraph}</p>`).join('\n')
}
