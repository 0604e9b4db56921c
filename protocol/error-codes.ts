/**
 * What the receiver of an error does: `stop` until a person acts, `sign-in` again, or `retry` with backoff.
 * `ends` says what is over with it.
 */
export interface ErrorRule {
  readonly action: 'stop' | 'sign-in' | 'retry'
  readonly ends: 'connection' | 'call' | 'nothing'
  readonly meaning: string
}

export const ERROR_CODES = {
  'bad-message': rule('stop', 'nothing', 'The message is not JSON, or a field is missing or wrong.'),
  'unknown-type': rule('stop', 'nothing', 'The message has a type that its sender may not send.'),
  'unsupported-version': rule('stop', 'connection', 'The client speaks a version that the cloud does not.'),
  'not-allowed': rule('stop', 'nothing', 'The sender may not do this.'),
  'token-expired': rule('sign-in', 'connection', 'The person’s token is too old; get a fresh one.'),
  'signed-out': rule('sign-in', 'connection', 'The person has signed out everywhere since.'),
  'link-expired': rule('stop', 'connection', 'The hour of the guest link is over.'),
  'link-revoked': rule('stop', 'connection', 'The owner has taken the guest link back.'),
  'clock-wrong': rule('retry', 'connection', 'The device’s token is not of this time, which is `now`.'),
  replaced: rule('stop', 'connection', 'Another connector with the same key has come since.'),
  'say-hello': rule(
    'retry',
    'nothing',
    'The cloud looks for the device elsewhere: `hello` says where it is.',
  ),
  'not-paired': rule('stop', 'nothing', 'No owner has claimed the device; it may only ask for that.'),
  'too-many-unpaired': rule('retry', 'connection', 'Too many devices wait to be paired; try later.'),
  'pairing-code-wrong': rule('stop', 'nothing', 'The device has no such code.'),
  'pairing-code-expired': rule('stop', 'nothing', 'The code is older than ten minutes.'),
  'pairing-code-used': rule('stop', 'nothing', 'The device was paired already.'),
  'unknown-device': rule('stop', 'nothing', 'No such device is paired.'),
  'unknown-grant': rule('stop', 'nothing', 'There is no such grant.'),
  'unknown-person': rule('stop', 'nothing', 'There is no such person.'),
  'last-owner': rule('stop', 'nothing', 'The only owner stays one.'),
  'too-many-grants': rule('stop', 'nothing', 'A device has as many grants as it may have.'),
  'invitation-failed': rule('retry', 'nothing', 'The grant stands, but no mail was sent.'),
  'link-full': rule('retry', 'call', 'As many watch by the guest link as it allows.'),
  'unknown-camera': rule('stop', 'call', 'There is no such camera, or not for this viewer.'),
  'camera-offline': rule('retry', 'call', 'The connector of the camera is not connected.'),
  'call-taken': rule('stop', 'nothing', 'The id is that of another call; make a new one.'),
  'call-ended': rule('stop', 'call', 'The call with this id is over; make a new one.'),
  'unknown-call': rule('retry', 'call', 'There is no such call, or it is not the sender’s.'),
  'unexpected-message': rule('stop', 'nothing', 'The message does not fit the state of its call.'),
  'too-many-candidates': rule(
    'stop',
    'nothing',
    'More candidates than a call may have; the rest is dropped.',
  ),
  'peer-gone': rule('retry', 'nothing', 'The other end of the call cannot be reached now.'),
  'camera-busy': rule('retry', 'call', 'The camera has as many viewers as it can take.'),
  'camera-unreachable': rule('retry', 'call', 'The connector cannot reach the camera.'),
  'camera-password': rule('stop', 'call', 'The camera refuses the password of the connector.'),
  'camera-certificate': rule('stop', 'call', 'The camera’s TLS certificate is not trusted.'),
  'camera-refused': rule('retry', 'call', 'The camera refused, in the words of `detail`.'),
  'camera-closed': rule('retry', 'call', 'The camera closed its connection before there was a picture.'),
  'camera-garbled': rule('stop', 'call', 'What the camera answered is not UV4L’s protocol.'),
  'camera-silent': rule('retry', 'call', 'The camera took the call but made no offer.'),
  internal: rule('retry', 'nothing', 'The cloud failed; nothing of the message can be relied on.'),
} as const satisfies Record<string, ErrorRule>

export type ErrorCode = keyof typeof ERROR_CODES

/** The rule of a code, also of one that a newer peer may send. */
export function errorRule(code: string): ErrorRule {
  return Object.hasOwn(ERROR_CODES, code)
    ? ERROR_CODES[code as ErrorCode]
    : { action: 'stop', ends: 'call', meaning: 'Unknown.' }
}

function rule<A extends ErrorRule['action'], E extends ErrorRule['ends']>(
  action: A,
  ends: E,
  meaning: string,
) {
  return { action, ends, meaning }
}
