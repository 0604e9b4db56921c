import type { Catalogue } from './catalogue.ts'

export const en: Catalogue = {
  title: 'Mihari – your cameras, live',
  otherLanguage: '日本語',
  service: {
    connecting: 'Connecting to the service…',
    reconnecting: {
      what: 'Reconnecting to the service…',
      advice: 'Pictures that are running go on.',
    },
    unreachable: {
      what: 'The service cannot be reached',
      advice: 'Check the internet connection of this device; it keeps trying by itself.',
    },
    settingsMissing: {
      what: 'The settings of this page could not be loaded',
      advice: 'Reload the page; if that does not help, the site is not set up completely.',
    },
    noCamera: {
      what: 'No camera yet',
      advice:
        'Start the Mihari connector at home with the address of your camera, and it appears here by itself.',
    },
    tryNow: 'Try now',
    reload: 'Reload',
  },
  presence: {
    online: 'Online',
    busy: 'Busy',
    unreachable: (since) => `Camera unreachable since ${since}`,
    offline: (since) => `Offline since ${since}`,
    removed: 'Removed',
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
    askedAgain: { what: 'Still calling…', advice: 'No answer yet, so it was asked once more.' },
    connecting: 'Connecting to the camera…',
    firstPicture: 'Waiting for the first picture…',
    interrupted: { what: 'Picture interrupted', advice: 'It goes on by itself when the connection is back.' },
    blocked: {
      what: 'The browser is waiting for you',
      advice: 'Low power mode can be the reason: start the picture yourself.',
    },
    live: 'Live',
  },
  action: {
    watch: 'Watch live',
    callAnyway: 'Try anyway',
    cancel: 'Cancel',
    hangUp: 'Hang up',
    tryAgain: 'Try again',
    close: 'Close',
    fullScreen: 'Full screen',
    leaveFullScreen: 'Leave full screen',
    soundOn: 'Turn sound on',
    soundOff: 'Turn sound off',
    startPicture: 'Start the picture',
  },
  cameraSays: 'The camera says:',
  details: 'Details:',
  failures: {
    'bad-message': {
      what: 'The page and the service misunderstood each other',
      advice: 'Reload the page and try again.',
    },
    'unknown-type': {
      what: 'The page and the service are of different versions',
      advice: 'Reload the page and try again.',
    },
    'unsupported-version': {
      what: 'This page is out of date',
      advice: 'Reload the page to get the current version.',
    },
    'not-allowed': {
      what: 'You do not have access to this',
      advice: 'Ask the owner of the camera for access.',
    },
    'unknown-camera': {
      what: 'This camera is no longer there',
      advice: 'Reload the page to see which cameras there are now.',
    },
    'camera-offline': {
      what: 'The camera is offline',
      advice: 'Check at home that the connector is switched on and has internet, then try again.',
    },
    'call-taken': { what: 'The call did not go through', advice: 'Try again.' },
    'call-ended': { what: 'The call was already over', advice: 'Try again to start a new one.' },
    'unknown-call': { what: 'The service has lost the call', advice: 'Try again to start a new one.' },
    'unexpected-message': { what: 'The call got out of step', advice: 'Try again to start a new one.' },
    'too-many-candidates': {
      what: 'This device has too many network paths',
      advice: 'Switch off VPNs that you do not need and try again.',
    },
    'peer-gone': {
      what: 'The connector at home did not get the message',
      advice: 'Wait a moment and try again.',
    },
    'camera-busy': {
      what: 'The camera is busy',
      advice: 'It has as many viewers as it can take. Try again when someone has left.',
    },
    'camera-unreachable': {
      what: 'The connector cannot reach the camera',
      advice: 'Check at home that the camera is switched on and connected, then try again.',
    },
    'camera-password': {
      what: 'The camera does not accept the password',
      advice: 'Correct the camera’s user and password in the settings of the connector.',
    },
    'camera-certificate': {
      what: 'The camera’s certificate is not trusted',
      advice: 'Allow its certificate in the settings of the connector, or give the camera a valid one.',
    },
    'camera-refused': {
      what: 'The camera refused',
      advice: 'Look into what the camera says, then try again.',
    },
    'camera-closed': {
      what: 'The camera broke off before there was a picture',
      advice: 'Try again; if it keeps happening, restart the camera.',
    },
    'camera-garbled': {
      what: 'This does not answer like a UV4L camera',
      advice: 'Check the camera’s address in the settings of the connector.',
    },
    'camera-silent': {
      what: 'The camera does not start its picture',
      advice: 'Try again; if it keeps happening, restart the camera.',
    },
    internal: { what: 'The service had a fault', advice: 'Wait a moment and try again.' },
    'no-reply': {
      what: 'There was no answer',
      advice: 'Try again; if it stays like this, restart the connector at home.',
    },
    'no-path': {
      what: 'No way through to the camera was found',
      advice: 'Try again from another network, for example Wi-Fi instead of mobile data.',
    },
    'no-picture': {
      what: 'The camera is connected but sends no picture',
      advice: 'Try again; if it keeps happening, restart the camera.',
    },
    'media-lost': {
      what: 'The connection to the camera broke off',
      advice: 'Check the connection of this device and try again.',
    },
    'browser-refused': {
      what: 'This browser cannot play the camera',
      advice: 'Use a current Chrome, Edge, Firefox or Safari.',
    },
    unknown: { what: 'The call failed', advice: 'Reload the page and try again.' },
  },
  endings: {
    'viewer-left': { what: 'The call was hung up', advice: 'Try again to start a new one.' },
    'viewer-silent': {
      what: 'The camera no longer heard from this page',
      advice: 'Check the connection of this device and try again.',
    },
    'viewer-failed': { what: 'The picture could not be shown here', advice: 'Try again.' },
    'camera-closed': {
      what: 'The camera ended the picture',
      advice: 'Try again; if it keeps happening, restart the camera.',
    },
    'connector-stopped': {
      what: 'The connector at home was stopped',
      advice: 'Start it again at home, then try again.',
    },
    unknown: { what: 'The call ended', advice: 'Try again to start a new one.' },
  },
}
