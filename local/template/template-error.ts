/** The template asks for something that this machine would not do as AWS does: starting would hide it. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError'
}
