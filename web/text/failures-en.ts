import type { Catalogue } from './catalogue.ts'

export const FAILURES_EN: Catalogue['failures'] = {
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
    what: 'You may not do this',
    advice: 'Ask an owner to do it, or to give you access.',
  },
  'token-expired': { what: 'Your sign-in has run out', advice: 'Sign in again.' },
  'signed-out': { what: 'You have been signed out', advice: 'Sign in again to see your cameras.' },
  'link-expired': {
    what: 'The time of this link is over',
    advice: 'Ask whoever sent it to you for a new one.',
  },
  'link-revoked': {
    what: 'This link no longer works',
    advice: 'The owner has removed it. Ask for a new one if you still need it.',
  },
  'clock-wrong': {
    what: 'The clock of the connector is wrong',
    advice: 'It takes the time from the service and tries again by itself.',
  },
  'say-hello': {
    what: 'The service lost track of the connector',
    advice: 'It registers again by itself; try again in a moment.',
  },
  replaced: {
    what: 'Another connector with the same key has taken over',
    advice: 'Stop one of the two at home: a key can be used by one connector only.',
  },
  'not-paired': {
    what: 'The connector is not paired yet',
    advice: 'Open the link that it shows at home, signed in as an owner.',
  },
  'too-many-unpaired': {
    what: 'Too many connectors are waiting to be paired',
    advice: 'Wait a few minutes; it tries again by itself.',
  },
  'pairing-code-wrong': {
    what: 'This is not the code that the connector shows',
    advice: 'Look at its screen at home, and scan the newest code or open the newest link.',
  },
  'pairing-code-expired': {
    what: 'This code is older than ten minutes',
    advice: 'Scan the code that the connector shows now; if it shows none, restart it.',
  },
  'pairing-code-used': {
    what: 'This connector was already paired',
    advice:
      'If that was you or another owner, its cameras are in your list. If nobody knows of it, unpair it in “Devices and people”.',
  },
  'unknown-device': {
    what: 'This device is no longer paired',
    advice: 'Close this and look at the list again.',
  },
  'unknown-grant': {
    what: 'This access was already removed',
    advice: 'There is nothing left to do; the list is up to date now.',
  },
  'unknown-person': {
    what: 'This person is no longer in the list',
    advice: 'Close this and look at the list again.',
  },
  'last-owner': {
    what: 'There has to be an owner',
    advice: 'Make somebody else an owner first.',
  },
  'too-many-grants': {
    what: 'This device cannot be shared any further',
    advice: 'Remove access that is no longer needed, then try again.',
  },
  'invitation-failed': {
    what: 'Shared, but the invitation mail could not be sent',
    advice: 'Try again later, or tell them yourself to sign in here with this address.',
  },
  'link-full': {
    what: 'Everyone who may watch by this link is watching already',
    advice: 'Try again when someone has left, or ask for a link of your own.',
  },
  'offer-not-genuine': {
    what: 'Warning: this is not your camera',
    advice:
      'Something between you and the camera tried to take its place. It was stopped: no picture was shown, and nothing of yours was sent. Do not trust this connection; tell the owner, and check the connector at home.',
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
  'unexpected-message': {
    what: 'Something went wrong during the call',
    advice: 'Try again to start a new one.',
  },
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
    advice: 'This camera can serve only a few viewers at a time. Try again when someone has left.',
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
    advice: 'See the camera’s message, then try again.',
  },
  'camera-closed': {
    what: 'The camera disconnected before the picture started',
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
  'browser-stuck': {
    what: 'This browser does not begin to connect',
    advice: 'Reload the page; if that does not help, close the browser and open it again.',
  },
  'no-picture': {
    what: 'The camera is connected but sends no picture',
    advice: 'Try again; if it keeps happening, restart the camera.',
  },
  'not-started': {
    what: 'The picture was not started',
    advice: 'This browser starts it only at your tap: try again, then press “Start the picture”.',
  },
  'media-lost': {
    what: 'The connection to the camera broke off',
    advice: 'Check the connection of this device and try again.',
  },
  'browser-refused': {
    what: 'This browser cannot play the camera',
    advice: 'Use a current Chrome, Edge, Firefox or Safari.',
  },
  'new-device': {
    what: 'This camera is new to this browser',
    advice: 'Add it first, if you know whose it is.',
  },
  'wrong-device': {
    what: 'Warning: this is not the camera of your link',
    advice:
      'Another device answers in its place. It was not called and nothing was shown. Ask whoever sent the link whether it is still right.',
  },
  unknown: { what: 'The call failed', advice: 'Reload the page and try again.' },
}

export const ENDINGS_EN: Catalogue['endings'] = {
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
  'taken-over': {
    what: 'The owner took over',
    advice: 'This camera can serve only a few viewers at a time. Try again later.',
  },
  'access-expired': {
    what: 'Your access to this camera has ended',
    advice: 'Ask the owner if you need longer.',
  },
  'access-revoked': {
    what: 'The owner has ended your access',
    advice: 'Ask the owner if you still need it.',
  },
  'signed-out': { what: 'You have been signed out', advice: 'Sign in again to see your cameras.' },
  'device-unpaired': {
    what: 'This camera was removed by its owner',
    advice: 'To see it again, an owner has to pair its connector anew.',
  },
  'viewer-away': {
    what: 'Stopped while this page was in the background',
    advice: 'Try again to go on watching.',
  },
  'called-again': { what: 'Opened again in this browser', advice: 'The picture goes on there.' },
  'connector-restarted': { what: 'The connector at home has restarted', advice: 'Try again.' },
  'media-lost': FAILURES_EN['media-lost'],
  'offer-not-genuine': FAILURES_EN['offer-not-genuine'],
  unknown: { what: 'The call ended', advice: 'Try again to start a new one.' },
}
