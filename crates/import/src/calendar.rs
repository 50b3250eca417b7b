use crate::{gather::Found, report::Report, source::Source};
use contract::ids::CourseId;
use std::collections::BTreeSet;
pub(crate) fn read(_s: &Source, _c: Option<&CourseId>, _k: &BTreeSet<CourseId>, _f: &mut Vec<Found>, _r: &mut Report) {}
