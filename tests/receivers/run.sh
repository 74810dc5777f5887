# Has a file of functions verify every message of a folder, and prints two verdicts a line: by the
# Standard Webhooks headers, and by X-Kalinklo-Signature.
#
# A function refuses with 1; another status ends the run.
set -u
. "$1"

verdict() {
  "$1" "$2/headers" "$2/body"
  case $? in 0) echo true ;; 1) echo false ;; *) return 1 ;; esac
}

for folder in "$2"/*; do
  WEBHOOK_SECRETS=$(<"$folder/secrets")
  message=$(verdict verify "$folder") && body=$(verdict verify_body "$folder") || exit 1
  echo "$message $body"
done
