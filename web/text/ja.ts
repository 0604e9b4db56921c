import type { Catalogue } from './catalogue.ts'
import { ENDINGS_JA, FAILURES_JA } from './failures-ja.ts'

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
      advice:
        'ページを再読み込みしてください。直らない場合は、サイトの設定がまだ完了していない可能性があります。',
    },
    noCamera: {
      what: 'カメラはまだありません',
      advice: 'ご自宅のカメラのそばで動かす Mihari のコネクターを、ペアリングしてください。',
    },
    pairing: [
      'ご自宅で、カメラのアドレス（--camera）と、次のサービスのアドレス（--cloud）を指定して、コネクターを起動します。',
      '表示された QR コードをこのスマートフォンで読み取るか、リンクをここで開きます。',
      '画面で確認して進むと、カメラが自動でこのページに表示されます。',
    ],
    cloudAddress: 'サービスのアドレス',
    nothingShared: (name) => ({
      what: 'まだカメラが共有されていません',
      advice: `カメラのオーナーに、${name} への共有を頼んでください。共有されると、自動でここに表示されます。`,
    }),
    noGuestCamera: {
      what: 'このリンクのカメラが見つかりません',
      advice: 'カメラ側のコネクターがつながりしだい、ここに表示されます。',
    },
    tryNow: '今すぐ試す',
    reload: '再読み込み',
  },
  session: {
    checking: '少々お待ちください…',
    redirecting: {
      what: 'サインイン画面へ移動しています…',
      advice: '終わると、自動でこのページに戻ります。',
    },
    about: 'おうちのカメラの今を、どこからでも。映像は暗号化され、カメラからこの端末へ直接届きます。',
    signIn: 'サインイン',
    signedOut: {
      fresh: { what: 'おうちのカメラをライブで', advice: 'サインインすると見られます。' },
      left: {
        what: 'このブラウザーではサインアウトしています',
        advice: 'カメラを見るには、もう一度サインインしてください。',
      },
      expired: {
        what: 'サインインの有効期限が切れました',
        advice: '続けるには、もう一度サインインしてください。',
      },
      'signed-out': {
        what: 'すべての端末からサインアウトしました',
        advice: 'このブラウザーでも、もう一度サインインしてください。',
      },
    },
    failed: {
      'issuer-unreachable': {
        what: 'サインインのサービスにつながりません',
        advice: 'この端末のインターネット接続を確認して、もう一度お試しください。',
      },
      refused: {
        what: 'サインインできませんでした',
        advice: 'もう一度お試しください。続くときは、アカウントが有効かどうかオーナーに確認してください。',
      },
      'insecure-page': {
        what: 'このアドレスは安全ではありません',
        advice: 'https:// で始まるアドレスでページを開いて、サインインしてください。',
      },
    },
  },
  account: {
    title: 'アカウント',
    roles: { owner: 'オーナー', person: 'サインイン中' },
    settings: '機器とメンバー',
    signOut: 'サインアウト',
    everywhere: {
      label: 'すべての端末からサインアウト',
      ask: 'このブラウザーを含め、あなたのアカウントでサインインしているすべての端末からサインアウトします。再生中の映像も止まります。',
      confirm: 'すべてサインアウト',
    },
  },
  pair: {
    signInFirst: {
      what: '新しいコネクターのペアリング',
      advice: '先に、オーナーとしてサインインしてください。コードはこのページに保持されます。',
    },
    onlyOwners: (name) => ({
      what: 'ペアリングできるのはオーナーだけです',
      advice: `${name} はオーナーではありません。オーナーにこのリンクを開いてもらうか、オーナーにしてもらってください。`,
    }),
    title: 'このコネクターとペアリングしますか？',
    compare:
      'コネクターに表示されているコードと、少なくとも最初と最後のまとまりを見比べて、同じときだけ進んでください。',
    device: 'コネクターのコード',
    name: '名前',
    nameProposal: '自宅',
    nameHint: '置いてある場所など',
    confirm: '同じなのでペアリングする',
    waiting: 'ペアリングしています…',
    notNow: '今はしない',
    done: (name) => ({
      what: `「${name}」とペアリングしました`,
      advice: 'まもなく、ここにカメラが表示されます。',
    }),
    here: 'カメラが表示されました。',
  },
  newCamera: {
    badge: '新規',
    what: 'このブラウザーでは初めてのカメラです',
    advice: {
      owner: 'ご自分のカメラですか？ あなたかほかのオーナーが設置したばかりなら、追加してください。',
      other:
        'カメラのオーナーから「共有した」と聞いていれば、追加してください。聞いていないときは、先に確かめてください。',
    },
    add: '追加する',
  },
  sharing: {
    share: '共有',
    shareCamera: (camera) => `共有：${camera}`,
    watching: (count) => `${count}人が視聴中`,
    watcherRoles: { owner: 'オーナー', viewer: 'メンバー', guest: 'ゲストリンク' },
    until: (when) => `${when}まで`,
    guestOf: (link) => `ゲスト：${link}`,
    takeOver: (name) => ({
      what: '同時に見られる人数に達しています',
      advice: `交代すると、「${name}」の視聴は終了し、オーナーと交代したことが相手に表示されます。`,
    }),
    takeOverNow: '交代して見る',
  },
  panel: {
    loading: '読み込んでいます…',
    failed: { what: '読み込めませんでした', advice: '接続を確認して、もう一度お試しください。' },
    noReply: {
      what: 'サービスから応答がありませんでした',
      advice: 'すでに反映されている場合もあります。もう一度お試しください。重ねて行っても問題はありません。',
    },
    notSent: {
      what: '今はサービスにつながりません',
      advice: 'サービスに接続してから、もう一度お試しください。',
    },
    keep: '戻る',
  },
  presence: {
    online: 'オンライン',
    busy: '使用中',
    unreachable: (since) => `${since}からカメラの応答なし`,
    offline: (since) => `${since}からオフライン`,
    removed: '削除されました',
    lastKnown: (state) => `${state}（最後の確認時）`,
  },
  presenceAdvice: {
    busy: '同時に見られる人数に達しています。',
    unreachable: 'ご自宅で、カメラの電源と接続を確認してください。',
    offline: 'ご自宅で、コネクターの電源とインターネット接続を確認してください。',
    removed: 'このカメラは、コネクターから外されました。',
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
      advice: '省電力モードなどが原因の場合があります。「映像を再生する」を押してください。',
    },
    gone: {
      what: 'このカメラはもうありません',
      advice: '削除されたか、共有が取り消されました。必要なときは、オーナーに相談してください。',
    },
    live: 'ライブ',
  },
  regain: {
    'broke-off': {
      what: '映像が途切れたため、つなぎ直しています…',
      advice: 'カメラが応答しだい、自動で再開します。',
    },
    'camera-away': {
      what: 'カメラがまたつながるのを待っています…',
      advice: 'つながりしだい、自動で再生します。',
    },
    'camera-busy': {
      what: 'カメラは使用中です。呼び出しを続けています…',
      advice: '空きしだい、自動で再生します。',
    },
    'no-link': {
      what: 'この端末の接続が戻るのを待っています…',
      advice: 'サービスにつながりしだい、カメラを呼び出し直します。',
    },
    elsewhere: {
      what: 'カメラを呼び出し直しています…',
      advice: 'ほかの画面を表示している間、映像を止めていました。',
    },
    reloaded: {
      what: 'カメラを呼び出し直しています…',
      advice: '先ほどまで見ていたカメラです。',
    },
  },
  action: {
    watch: '映像を見る',
    callAnyway: 'それでも接続する',
    cancel: 'キャンセル',
    hangUp: '視聴を終了',
    tryAgain: 'もう一度試す',
    close: '閉じる',
    fullScreen: '全画面にする',
    leaveFullScreen: '全画面をやめる',
    soundOn: '音を出す',
    soundOff: '音を消す',
    startPicture: '映像を再生する',
  },
  askOwner: 'カメラの電源と接続の確認を、オーナーに頼んでください。',
  cameraSays: 'カメラからのメッセージ：',
  details: '',
  cameraFull:
    'カメラが受け付ける人数が、コネクターの設定より少ないようです。コネクターの設定で、このカメラの「maxCalls」をその人数に合わせてください。満員のときは「使用中」になり、オーナーは交代できます。',
  failures: FAILURES_JA,
  endings: ENDINGS_JA,
}
