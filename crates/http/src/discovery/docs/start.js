// The validator would send the document to a server of Swagger's; a key that is typed in is
// forgotten with the page.
SwaggerUIBundle({
  url: "api/org/v1/openapi.json",
  dom_id: "#reference",
  deepLinking: true,
  docExpansion: "list",
  validatorUrl: null,
  persistAuthorization: false,
});
