import { App, Validations } from 'aws-cdk-lib/core'
import { NotBuiltError } from './built-folder.ts'
import { ContextError } from './context-error.ts'
import { readDeploymentContext } from './deployment-context.ts'
import { MihariStack } from './mihari-stack.ts'

// Not by itself at exit: after an error that would write half a stack.
const app = new App({ analyticsReporting: false, autoSynth: false })
try {
  new MihariStack(app, 'Mihari', {
    description: 'Mihari: signalling and web app to see your home cameras from anywhere.',
    functionFolder: 'dist/lambda',
    siteFolder: 'dist/web',
    deployment: readDeploymentContext((name) => app.node.tryGetContext(name)),
  })
  // The CDK's own switch for all validation; a start on one's own machine turns it off for its second and a half.
  if (process.env.CDK_VALIDATION !== 'false') {
    const { AwsSolutionsChecks } = await import('cdk-nag')
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app))
  }
  app.synth()
} catch (error) {
  if (!(error instanceof NotBuiltError || error instanceof ContextError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}
