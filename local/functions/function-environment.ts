import { devNull } from 'node:os'
import type { FunctionDescription } from '../template/cloud-description.ts'
import type { Credentials } from './credentials.ts'

/** Everything that a function finds in `process.env`: what the template says, and what Lambda adds to it. */
export function functionEnvironment(
  description: FunctionDescription,
  credentials: Credentials,
  servicesUrl: string,
): Record<string, string> {
  const region = description.arn.split(':')[3] ?? ''
  return {
    ...description.environment,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_FUNCTION_NAME: description.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(description.memoryMb),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${description.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: 'local',
    LAMBDA_TASK_ROOT: description.codeFolder,
    _HANDLER: description.handler,
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    // Every service that the SDK is asked for is answered here, so that nothing leaves this machine.
    AWS_ENDPOINT_URL: servicesUrl,
    AWS_ENDPOINT_URL_DYNAMODB: servicesUrl,
    // The profiles of whoever runs this are none of the function's business.
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
  }
}
