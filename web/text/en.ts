import type { Catalogue } from './catalogue.ts'
import { ENDINGS_EN, FAILURES_EN } from './failures-en.ts'

export const en: Catalogue = {
  title: 'Mihari – your cameras, live',
  otherLanguage: '日本語',
  service: {
    connecting: 'Connecting to the service…',
    reconnecting: {
      what: 'Reconnecting to the service…',
      advice: 'Cameras you are watching keep playing.',
    },
    unreachable: {
      what: 'The service cannot be reached',
      advice: 'Check the internet connection of this device. Mihari keeps trying.',
    },
    settingsMissing: {
      what: 'The settings of this page could not be loaded',
      advice: 'Reload the page; if that does not help, the site is not set up completely.',
    },
    noCamera: {
      what: 'No camera yet',
      advice: 'Pair the Mihari connector that runs beside your camera at home:',
    },
    pairing: [
      'At home, start the connector with the address of your camera (--camera) and with this one of the service (--cloud):',
      'It shows a QR code and a link. Scan the code with this phone, or open the link here.',
      'Confirm, and the cameras appear on this page by themselves.',
    ],
    cloudAddress: 'Address of the service',
    nothingShared: (name) => ({
      what: 'No camera is shared with you yet',
      advice: `Ask the owner of the camera to share it with ${name}. It then appears here by itself.`,
    }),
    noGuestCamera: {
      what: 'The camera of this link is not there',
      advice: 'It appears here as soon as its connector at home is back.',
    },
    tryNow: 'Try now',
    reload: 'Reload',
  },
  session: {
    checking: 'One moment…',
    redirecting: { what: 'Going to the sign-in page…', advice: 'You will be brought back here.' },
    about:
      'See your home cameras live, from anywhere. The picture comes straight from your camera, encrypted all the way.',
    signIn: 'Sign in',
    signedOut: {
      fresh: { what: 'Your cameras, live', advice: 'Sign in to see them.' },
      left: {
        what: 'You are signed out here',
        advice: 'Sign in again to see your cameras.',
      },
      expired: { what: 'Your sign-in has run out', advice: 'Sign in again to go on.' },
      'signed-out': {
        what: 'You were signed out everywhere',
        advice: 'Every browser has to sign in again, this one too.',
      },
    },
    failed: {
      'issuer-unreachable': {
        what: 'The sign-in service cannot be reached',
        advice: 'Check the internet connection of this device, then try again.',
      },
      refused: {
        what: 'Signing in did not work',
        advice: 'Try again; if it keeps happening, ask the owner whether your account is still there.',
      },
      'insecure-page': {
        what: 'This address is not secure',
        advice: 'Open the page by its address that begins with https:// and sign in there.',
      },
    },
  },
  account: {
    title: 'Account',
    roles: { owner: 'Owner', person: 'Signed in' },
    settings: 'Devices and people',
    signOut: 'Sign out',
    everywhere: {
      label: 'Sign out everywhere',
      ask: 'Every browser that is signed in as you is signed out, this one too, and cameras that you are watching stop.',
      confirm: 'Sign out everywhere',
    },
  },
  pair: {
    signInFirst: {
      what: 'Pair a new connector',
      advice: 'Sign in as an owner first. This page remembers the code meanwhile.',
    },
    onlyOwners: (name) => ({
      what: 'Only an owner can pair a connector',
      advice: `You are signed in as ${name}, who is not an owner. Ask an owner to open this link, or to make you one.`,
    }),
    title: 'Pair this connector?',
    compare:
      'Compare this code with the one that the connector shows, its first and last groups at least. Go on only if they are the same.',
    device: 'Code of the connector',
    name: 'Name',
    nameProposal: 'Home',
    nameHint: 'Where it is, for example.',
    confirm: 'They are the same: pair',
    waiting: 'Pairing…',
    notNow: 'Not now',
    done: (name) => ({ what: `“${name}” is paired`, advice: 'Its cameras appear here within seconds.' }),
    here: 'Its cameras are here now.',
  },
  newCamera: {
    badge: 'New',
    what: 'New to this browser',
    advice: {
      owner: 'Is it yours? Add it if you or another owner has just set it up.',
      other: 'Add it if its owner told you that it is shared with you. If nobody told you so, ask first.',
    },
    add: 'Add',
  },
  sharing: {
    share: 'Share',
    shareCamera: (camera) => `Share ${camera}`,
    watching: (count) => `${count} watching`,
    watcherRoles: { owner: 'Owner', viewer: 'Person', guest: 'Guest link' },
    until: (when) => `Until ${when}`,
    guestOf: (link) => `Guest: ${link}`,
    takeOver: (name) => ({
      what: 'No room for another viewer',
      advice: `If you take over, the picture of ${name} ends, and they are told that you took over.`,
    }),
    takeOverNow: 'Take over',
  },
  panel: {
    loading: 'Loading…',
    failed: { what: 'This could not be loaded', advice: 'Check your connection and try again.' },
    noReply: {
      what: 'The service did not answer',
      advice: 'It may have been done all the same. Try again: that does no harm.',
    },
    notSent: { what: 'The service cannot be reached now', advice: 'Try again when the page is connected.' },
    keep: 'Cancel',
  },
  presence: {
    online: 'Online',
    busy: 'Busy',
    unreachable: (since) => `Camera unreachable since ${since}`,
    offline: (since) => `Offline since ${since}`,
    removed: 'Removed',
    lastKnown: (state) => `${state} (last known)`,
  },
  presenceAdvice: {
    busy: 'It already has as many viewers as it can take.',
    unreachable: 'Check at home that the camera is switched on and connected.',
    offline: 'Check at home that the connector is switched on and has internet.',
    removed: 'The connector at home no longer has this camera.',
  },
  call: {
    waiting: {
      what: 'Reconnecting to the service…',
      advice: 'The camera is called as soon as the service is back.',
    },
    calling: 'Calling the camera…',
    slow: { what: 'Calling the camera…', advice: 'The camera is slow to start.' },
    askedAgain: { what: 'Still calling…', advice: 'No answer yet, so it is asked again.' },
    connecting: 'Connecting to the camera…',
    firstPicture: 'Waiting for the first picture…',
    interrupted: { what: 'Picture interrupted', advice: 'It goes on by itself when the connection is back.' },
    blocked: {
      what: 'The browser is waiting for you',
      advice: 'Low power mode can be the reason: start the picture yourself.',
    },
    gone: {
      what: 'This camera is no longer there',
      advice: 'It was removed, or is no longer shared with you. If you miss it, ask an owner.',
    },
    live: 'Live',
  },
  regain: {
    'broke-off': {
      what: 'The picture broke off; calling again…',
      advice: 'It goes on by itself as soon as the camera answers.',
    },
    'camera-away': {
      what: 'Waiting for the camera to come back…',
      advice: 'It plays again by itself as soon as it is there.',
    },
    'camera-busy': {
      what: 'The camera is busy; calling again…',
      advice: 'It plays again by itself as soon as there is room.',
    },
    'no-link': {
      what: 'Waiting for the connection of this device…',
      advice: 'The camera is called again as soon as the service can be reached.',
    },
    elsewhere: {
      what: 'Calling the camera again…',
      advice: 'The picture was stopped while this page was in the background.',
    },
    reloaded: { what: 'Calling the camera again…', advice: 'You were watching it here before.' },
  },
  action: {
    watch: 'Watch live',
    callAnyway: 'Try anyway',
    cancel: 'Cancel',
    hangUp: 'Stop watching',
    tryAgain: 'Try again',
    close: 'Close',
    fullScreen: 'Full screen',
    leaveFullScreen: 'Leave full screen',
    soundOn: 'Turn sound on',
    soundOff: 'Turn sound off',
    startPicture: 'Start the picture',
  },
  askOwner: 'Ask the owner to check the camera and its connection.',
  cameraSays: 'The camera says:',
  details: 'Details:',
  cameraFull:
    'It takes fewer viewers than the connector allows. Set “maxCalls” for it in the connector’s settings: it then counts as busy, and an owner can take over.',
  failures: FAILURES_EN,
  endings: ENDINGS_EN,
}
