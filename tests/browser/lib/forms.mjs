// Sends forms as nobody should.

// What has to be filled in, of a form that does something.
const FORMS = "main form[method=post]:has([required])";

// The first bad field, in focus; or, of a form that does not tell which it is, a message about all of it.
const SAID = "[aria-invalid=true]:focus, main:not(:has([aria-invalid=true])) [role=alert]";

// Sends each form of the page that wants something with nothing in it, past the browser's own checks,
// and stops at what comes back: the form again, which says what is wrong. Yields the form's action.
export async function* sendEmpty(page, problems, place, to) {
  const actions = await page.locator(FORMS).evaluateAll((forms) => forms.map((form) => form.getAttribute("action")));
  for (const action of actions) {
    await page.goto(to);
    const answer = page.waitForResponse((response) => response.request().method() === "POST");
    await page.locator(`form[action="${action}"]`).evaluate(empty);
    const status = (await answer).status();
    await page.waitForLoadState();
    problems.unless(status === 422, place, `${action} answers ${status} to an empty form`);
    const said = page.locator(SAID).waitFor();
    await said.catch((why) => problems.add(place, `${action} does not show what is wrong: ${why.message}`));
    yield action;
  }
}

// Runs in the page.
function empty(form) {
  form.noValidate = true;
  for (const field of form.querySelectorAll("[required]")) field.value = "";
  form.requestSubmit();
}
