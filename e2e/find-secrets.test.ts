import { expect, it } from 'vitest'
import { findSecrets } from './find-secrets.ts'

it.each([
  ['a token', '{"token":"eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiJ4In0.c2ln"}'],
  ['a credential', 'Sec-WebSocket-Protocol: mihari.v1, guest.AAAAAAAAAAAAAAAAAAAAAA'],
  ['an SDP', '{"sdp":"v=0\\r\\no=- 1 1 IN IP4 0.0.0.0"}'],
  ['an SDP', 'a=fingerprint:sha-256 AB:CD'],
  ['a candidate', '"candidate:1 1 udp 2122260223 host"'],
  ['a candidate', 'typ host 5b1e8a3a-31f8-4d2f-9d4c-2f2e3d0a7b11.local'],
  ['an e-mail address', '{"name":"someone@example.com"}'],
  ['an e-mail address', 'an invitation for owner@localhost was sent'],
  ['an e-mail address', 'GET /authorize?login_hint=someone%40example.com'],
  ['an IP address', '{"ip":"192.0.2.7","route":"$connect"}'],
  ['an IP address', '{"ip":"127.0.0.1"}'],
  ['an IP address', '{"ip":"::1"}'],
  ['an IP address', '{"ip":"2001:db8:0:0:0:0:0:1"}'],
  ['an IP address', '{"ip":"2001:db8::1"}'],
  ['an IP address', '{"ip":"2001:db8::"}'],
  ['an IP address', '{"ip":"::ffff:192.0.2.7"}'],
  ['an IP address', 'connect to fe80::1%eth0 failed'],
  ['an IP address', 'no answer from fe80::a:1.'],
  ['an IP address', 'connect ECONNREFUSED 2001:db8::1:443'],
  ['an IP address', 'from [2001:db8::1]:50123'],
  ['an IP address', 'it came from 192.0.2.7.'],
  ['an IP address', 'connect ECONNREFUSED 192.0.2.7:443'],
  ['the secret of a link', 'open https://home.test/#guest=AAAA&device=BBBB'],
  ['a secret', 'code sesame was wrong'],
])('finds %s in what was logged', (what, line) => {
  expect(findSecrets(line, ['sesame']).join()).toContain(what)
})

it.each([
  '{"level":"info","event":"call","call":"AAAAAAAAAAAAAAAAAAAAAA","camera":"dddddddddddddddddddddddddddddddddddddddd.porch"}',
  '{"event":"ready","url":"http://localhost:4000/"}',
  '{"event":"started","time":"2026-11-21T07:00:00.000Z","version":"0.1.0","camera":"ws://127.0.0.1:4300/stream/webrtc"}',
  '{"camera":"ws://[::1]:4300/stream/webrtc","cloud":"wss://[2001:db8::1]/prod"}',
  '12:34:56 started, 2026-11-21T07:00:00.000+09:00',
  'mihari v1.2.3.4, node 24.21.0, HeadlessChrome/149.0.7827.55, protocol 1.2.3.4.5',
  'playwright-core@1.65.1 in node_modules/@aws-sdk/client-dynamodb, POST /@connections/abc=',
  'AWS::DynamoDB::Table, arn:aws:apigateway:eu-central-1::/restapis, std::vector, a::b, Fn::GetAtt',
  '{"requestTime":"21/Nov/2026:07:00:00 +0000","status":"101"}',
])('finds nothing in %s', (line) => {
  expect(findSecrets(line, ['sesame'])).toEqual([])
})
