#!/usr/bin/env bash
# Fetches the certificates that Aurora's servers are signed with, for the layer and the images: build/certificates/rds.pem.
# Needed before a deployment only. https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/UsingWithRDS.SSL.html
set -euo pipefail
cd "$(dirname "$0")/../.."
mkdir -p build/certificates
curl --fail --silent --show-error --output build/certificates/rds.pem https://truststore.pki.rds.amazonaws.com/global/global-bundle.pem
grep -c 'BEGIN CERTIFICATE' build/certificates/rds.pem
