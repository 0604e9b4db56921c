import { request as httpRequest, type IncomingHttpHeaders, type RequestOptions } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { text } from 'node:stream/consumers'

export interface HttpAnswer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

export interface HttpRequest {
  readonly headers?: Readonly<Record<string, string>>
  /** With one it is a POST. */
  readonly body?: string
  /** PEM of a certificate to trust beside the known authorities, which `fetch` cannot be given. */
  readonly ca?: string
}

/** One request and its whole answer; redirects are not followed. */
export function sendHttp(url: string, { headers, body, ca }: HttpRequest = {}): Promise<HttpAnswer> {
  const options: RequestOptions & { ca?: string } = {
    method: body === undefined ? 'GET' : 'POST',
    headers: { ...headers, ...(body !== undefined && { 'Content-Length': Buffer.byteLength(body) }) },
    agent: false,
    ...(ca !== undefined && { ca }),
  }
  const send = url.startsWith('https:') ? httpsRequest : httpRequest
  return new Promise((resolve, reject) => {
    const request = send(url, options, (response) => {
      text(response).then(
        (answer) => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: answer }),
        reject,
      )
    })
    request.once('error', reject)
    request.end(body)
  })
}
