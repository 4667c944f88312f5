/** A refusal as it goes over the wire: HTTP status, the `__type` of the body and its message. */
export class ApiError extends Error {
  readonly status: number
  readonly code: string

  constructor(code: string, message: string, status = 400) {
    super(message)
    this.code = code
    this.status = status
  }
}

export const clientError = (message: string) => new ApiError('ClientException', message)
export const invalidParameter = (message: string) => new ApiError('InvalidParameterException', message)
