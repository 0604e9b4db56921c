import type { Catalogue } from './catalogue.ts'

export const ja: Catalogue = {
  title: '見張り – おうちのカメラをライブで',
  otherLanguage: 'English',
  service: {
    connecting: 'サービスに接続しています…',
    reconnecting: {
      what: 'サービスに再接続しています…',
      advice: '再生中の映像はそのまま見られます。',
    },
    unreachable: {
      what: 'サービスにつながりません',
      advice: 'この端末のインターネット接続を確認してください。自動で再接続を続けています。',
    },
    settingsMissing: {
      what: 'ページの設定を読み込めませんでした',
      advice: 'ページを再読み込みしてください。直らないときは、サイトの設定がまだ完了していません。',
    },
    noCamera: {
      what: 'カメラはまだありません',
      advice:
        'ご自宅で、カメラのアドレスを指定して Mihari のコネクターを起動すると、自動でここに表示されます。',
    },
    tryNow: '今すぐ試す',
    reload: '再読み込み',
  },
  presence: {
    online: 'オンライン',
    busy: '使用中',
    unreachable: (since) => `${since}からカメラの応答なし`,
    offline: (since) => `${since}からオフライン`,
    removed: '削除されました',
  },
  presenceAdvice: {
    busy: '同時に見られる人数に達しています。',
    unreachable: 'ご自宅で、カメラの電源と接続を確認してください。',
    offline: 'ご自宅で、コネクターの電源とインターネット接続を確認してください。',
    removed: 'このカメラは、ご自宅のコネクターから外されました。',
  },
  call: {
    waiting: {
      what: 'サービスに再接続しています…',
      advice: 'つながりしだい、カメラを呼び出します。',
    },
    calling: 'カメラを呼び出しています…',
    slow: { what: 'カメラを呼び出しています…', advice: 'カメラの準備に時間がかかっています。' },
    askedAgain: { what: '呼び出しを続けています…', advice: 'まだ応答がないため、もう一度呼び出しました。' },
    connecting: 'カメラに接続しています…',
    firstPicture: '最初の映像を待っています…',
    interrupted: { what: '映像が途切れています', advice: '接続が戻ると、自動で再開します。' },
    blocked: {
      what: 'ブラウザーが再生を止めています',
      advice: '省電力モードなどが原因です。ボタンを押して再生してください。',
    },
    live: 'ライブ中',
  },
  action: {
    watch: '映像を見る',
    callAnyway: 'それでも接続する',
    cancel: 'キャンセル',
    hangUp: '終了する',
    tryAgain: 'もう一度試す',
    close: '閉じる',
    fullScreen: '全画面にする',
    leaveFullScreen: '全画面をやめる',
    soundOn: '音を出す',
    soundOff: '音を消す',
    startPicture: '映像を再生する',
  },
  cameraSays: 'カメラからのメッセージ：',
  details: '詳細：',
  failures: {
    'bad-message': {
      what: 'サービスとのやり取りに失敗しました',
      advice: 'ページを再読み込みして、もう一度お試しください。',
    },
    'unknown-type': {
      what: 'ページとサービスのバージョンが合っていません',
      advice: 'ページを再読み込みして、もう一度お試しください。',
    },
    'unsupported-version': {
      what: 'このページは古くなっています',
      advice: 'ページを再読み込みすると、最新版になります。',
    },
    'not-allowed': {
      what: 'この操作は許可されていません',
      advice: 'カメラの持ち主に、見られるようにしてもらってください。',
    },
    'unknown-camera': {
      what: 'このカメラはもうありません',
      advice: 'ページを再読み込みして、今あるカメラを確認してください。',
    },
    'camera-offline': {
      what: 'カメラはオフラインです',
      advice: 'ご自宅で、コネクターの電源とインターネット接続を確認してから、もう一度お試しください。',
    },
    'call-taken': { what: '呼び出せませんでした', advice: 'もう一度お試しください。' },
    'call-ended': {
      what: 'この接続はすでに終わっています',
      advice: 'もう一度試すと、新しくつなぎ直します。',
    },
    'unknown-call': {
      what: '接続の記録が見つかりません',
      advice: 'もう一度試すと、新しくつなぎ直します。',
    },
    'unexpected-message': {
      what: '接続中に問題が起きました',
      advice: 'もう一度試すと、新しくつなぎ直します。',
    },
    'too-many-candidates': {
      what: 'この端末のネットワーク経路が多すぎます',
      advice: '使っていない VPN を切って、もう一度お試しください。',
    },
    'peer-gone': {
      what: 'ご自宅のコネクターに届きませんでした',
      advice: '少し待ってから、もう一度お試しください。',
    },
    'camera-busy': {
      what: 'カメラは使用中です',
      advice: '同時に見られる人数に達しています。ほかの人が終了してから、もう一度お試しください。',
    },
    'camera-unreachable': {
      what: 'コネクターからカメラにつながりません',
      advice: 'ご自宅で、カメラの電源と接続を確認してから、もう一度お試しください。',
    },
    'camera-password': {
      what: 'カメラのパスワードが違います',
      advice: 'コネクターの設定で、カメラのユーザー名とパスワードを直してください。',
    },
    'camera-certificate': {
      what: 'カメラの証明書を信頼できません',
      advice: 'コネクターの設定でこの証明書を許可するか、カメラに有効な証明書を入れてください。',
    },
    'camera-refused': {
      what: 'カメラに断られました',
      advice: 'カメラからのメッセージを確認して、もう一度お試しください。',
    },
    'camera-closed': {
      what: '映像が始まる前に、カメラが接続を切りました',
      advice: 'もう一度お試しください。続くときは、カメラを再起動してください。',
    },
    'camera-garbled': {
      what: '接続先は UV4L のカメラではないようです',
      advice: 'コネクターの設定で、カメラのアドレスを確認してください。',
    },
    'camera-silent': {
      what: 'カメラの映像が始まりません',
      advice: 'もう一度お試しください。続くときは、カメラを再起動してください。',
    },
    internal: {
      what: 'サービスで問題が起きました',
      advice: '少し待ってから、もう一度お試しください。',
    },
    'no-reply': {
      what: '応答がありませんでした',
      advice: 'もう一度お試しください。続くときは、ご自宅のコネクターを再起動してください。',
    },
    'no-path': {
      what: 'カメラまでの経路が見つかりません',
      advice: 'モバイル通信を Wi-Fi に変えるなど、別のネットワークでお試しください。',
    },
    'no-picture': {
      what: 'つながりましたが、映像が届きません',
      advice: 'もう一度お試しください。続くときは、カメラを再起動してください。',
    },
    'media-lost': {
      what: 'カメラとの接続が切れました',
      advice: 'この端末の接続を確認して、もう一度お試しください。',
    },
    'browser-refused': {
      what: 'このブラウザーでは映像を再生できません',
      advice: '最新の Chrome、Edge、Firefox、Safari のいずれかをお使いください。',
    },
    unknown: {
      what: '接続に失敗しました',
      advice: 'ページを再読み込みして、もう一度お試しください。',
    },
  },
  endings: {
    'viewer-left': { what: '終了しました', advice: 'もう一度試すと、新しくつなぎ直します。' },
    'viewer-silent': {
      what: 'このページからの応答が途絶えました',
      advice: 'この端末の接続を確認して、もう一度お試しください。',
    },
    'viewer-failed': { what: '映像を表示できませんでした', advice: 'もう一度お試しください。' },
    'camera-closed': {
      what: 'カメラが映像を止めました',
      advice: 'もう一度お試しください。続くときは、カメラを再起動してください。',
    },
    'connector-stopped': {
      what: 'ご自宅のコネクターが停止しました',
      advice: 'ご自宅でコネクターを起動してから、もう一度お試しください。',
    },
    unknown: { what: '接続が終わりました', advice: 'もう一度試すと、新しくつなぎ直します。' },
  },
}
