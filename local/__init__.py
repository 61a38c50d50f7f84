"""The whole product on one machine: what the cloud runs, without the cloud. Never imported by product code."""
