import {
  HeadersFrameOption,
  HeadersReferrerPolicy,
  type ResponseHeadersPolicyProps,
} from 'aws-cdk-lib/aws-cloudfront'
import { Duration } from 'aws-cdk-lib/core'

/**
 * Everything that the page may load. Video needs no entry: a MediaStream set as `srcObject` is no fetch
 * (https://html.spec.whatwg.org/multipage/media.html#dom-media-srcobject), and STUN and DTLS are none either.
 */
function contentSecurityPolicy(connectOrigins: readonly string[]): string {
  const directives = {
    'default-src': "'none'",
    'script-src': "'self'",
    'style-src': "'self'",
    // Small icons come inlined into the stylesheet.
    'img-src': "'self' data:",
    'connect-src': ["'self'", ...connectOrigins].join(' '),
    'base-uri': "'none'",
    'form-action': "'none'",
    'frame-ancestors': "'none'",
  }
  return Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources}`)
    .join('; ')
}

/** Watching needs none of these; what a browser grants a page without being asked stays as it is. */
const REFUSED_FEATURES = [
  'accelerometer',
  'camera',
  'display-capture',
  'geolocation',
  'gyroscope',
  'hid',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'serial',
  'usb',
]

/** The site's own headers win over whatever the bucket may send. */
export function securityHeaders(connectOrigins: readonly string[]): ResponseHeadersPolicyProps {
  const override = true
  return {
    securityHeadersBehavior: {
      contentSecurityPolicy: { contentSecurityPolicy: contentSecurityPolicy(connectOrigins), override },
      contentTypeOptions: { override },
      frameOptions: { frameOption: HeadersFrameOption.DENY, override },
      referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override },
      strictTransportSecurity: {
        accessControlMaxAge: Duration.days(730),
        includeSubdomains: true,
        override,
      },
    },
    customHeadersBehavior: {
      customHeaders: [
        {
          header: 'Permissions-Policy',
          value: REFUSED_FEATURES.map((feature) => `${feature}=()`).join(', '),
          override,
        },
        { header: 'Cross-Origin-Opener-Policy', value: 'same-origin', override },
        { header: 'Cross-Origin-Resource-Policy', value: 'same-origin', override },
      ],
    },
  }
}
