DROP TABLE webhook_endpoint_secrets;
DROP TABLE webhook_endpoints;
