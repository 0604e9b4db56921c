import { extname } from 'node:path'

/** As the deployment's `aws s3 sync` guesses them, without a charset: the document names its own. */
const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.ico': 'image/vnd.microsoft.icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.map': 'application/json',
  '.mjs': 'text/javascript',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
}

export function contentType(path: string): string {
  return TYPES[extname(path).toLowerCase()] ?? 'binary/octet-stream'
}

/** What CloudFront compresses is text in some form; pictures and fonts are compressed already. */
export function isCompressible(type: string): boolean {
  return /^text\/|^application\/(json|manifest\+json|wasm|xml)$|^image\/svg\+xml$/.test(type)
}
