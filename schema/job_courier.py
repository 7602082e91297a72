"""What a courier's work adds to a delivery job: talk, proofs, failures, incidents, tips, what devices told."""

import strawberry

from schema.device_events import JobDeviceEvents
from schema.failures import JobFailures
from schema.incidents import JobIncidents
from schema.job_messages import JobTalk
from schema.proofs import JobProofs
from schema.tips import JobTips


@strawberry.type
class JobCourier(JobTalk, JobProofs, JobFailures, JobIncidents, JobTips, JobDeviceEvents):
    pass
