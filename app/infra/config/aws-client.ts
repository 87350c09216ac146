import http from 'node:http';
import https from 'node:https';
import type { Config } from './config.ts';

type Aws = Pick<Config['aws'], 'region' | 'endpoints' | 'timeout_ms' | 'max_attempts'>;

/**
 * What the constructor of an AWS client takes: region, endpoint, time-outs, and connections that go through the proxy
 * once `goThroughProxy` has been called. `new SQSClient(awsClientOptions(config.aws, 'sqs'))`
 */
export function awsClientOptions(aws: Aws, service: keyof Aws['endpoints']) {
  const endpoint = aws.endpoints[service];
  return {
    ...(aws.region ? { region: aws.region } : {}),
    ...(endpoint ? { endpoint } : {}),
    maxAttempts: aws.max_attempts,
    requestHandler: {
      connectionTimeout: aws.timeout_ms,
      requestTimeout: aws.timeout_ms,
      // Without this the SDK only warns when the time is over.
      throwOnRequestTimeout: true,
      httpAgent: http.globalAgent,
      httpsAgent: https.globalAgent,
    },
  };
}
