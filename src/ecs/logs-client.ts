/** The part of the SDK for CloudWatch Logs that is used, so that a bundler takes no more than that. */
export { CloudWatchLogsClient, GetLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
