// Sends forms as nobody should.

// What has to be filled in, of a form that does something.
const FORMS = "main form[method=post]:has([required])";

// Sends each form of the page that wants something with nothing in it, past the browser's own checks,
// and stops at what comes back: the form again, with the first bad field in focus. Yields the form's action.
export async function* sendEmpty(page, problems, place, to) {
  const actions = await page.locator(FORMS).evaluateAll((forms) => forms.map((form) => form.getAttribute("action")));
  for (const action of actions) {
    await page.goto(to);
    const answer = page.waitForResponse((response) => response.request().method() === "POST");
    await page.locator(`form[action="${action}"]`).evaluate(empty);
    const status = (await answer).status();
    await page.waitForLoadState();
    problems.unless(status === 422, place, `${action} answers ${status} to an empty form`);
    const focused = page.locator("[aria-invalid=true]:focus");
    problems.unless(await appears(focused), place, `${action} does not put the focus on the first bad field`);
    yield action;
  }
}

// Runs in the page.
function empty(form) {
  form.noValidate = true;
  for (const field of form.querySelectorAll("[required]")) field.value = "";
  form.requestSubmit();
}

async function appears(locator) {
  try {
    await locator.waitFor({ timeout: 2_000 });
    return true;
  } catch {
    return false;
  }
}
