//! What the office refused: opened again as a draft, or given up.

use std::collections::{BTreeMap, BTreeSet};

use fieldbook_model::body::{Identity, Kind, Photo, Slot};
use fieldbook_model::case::{Case, CaseBody};
use fieldbook_model::id::FactId;

use super::draft::keep;
use super::{Draft, PetitionDraft, PhotoDraft, ProblemDraft, PromiseDraft, ReportDraft, TopicDraft, VisitDraft, WorkError};
use crate::store::{FactState, Reading, Store, Writing};

impl Store {
    /// Opens a refused case again as a draft with the same receipt; saving it files it anew in the place of the refused one,
    /// and what hung on that goes along. Gives the draft's number.
    pub fn repair(&self, root: FactId, now: i64) -> Result<i64, WorkError> {
        self.write(|tx| {
            tx.fact(root)?.ok_or(WorkError::NotFound)?;
            is_refused(tx, root)?;
            let case = tx.fold(root)?.ok_or(WorkError::NotFound)?.case;
            let draft = draft_of(tx, &case)?;
            keep(tx, None, &draft, "", now)
        })
    }

    /// Gives up what the office refused: a case with everything that hangs on it, or one later fact of a case. It stays
    /// visible and is never sent.
    pub fn discard(&self, refused: FactId) -> Result<(), WorkError> {
        self.write(|tx| {
            let kept = tx.fact(refused)?.ok_or(WorkError::NotFound)?;
            if kept.state != FactState::Refused {
                return Err(WorkError::NotRefused);
            }
            let is_root = kept.fact.as_ref().is_none_or(|fact| fact.is_root());
            let falls = tx.facts_of(refused)?.into_iter().filter(|k| is_root && k.order.is_none() && k.saved_at.is_some());
            for id in falls.map(|k| k.id).chain([refused]).collect::<BTreeSet<_>>() {
                tx.set_state(id, FactState::Discarded, None)?;
            }
            Ok(())
        })
    }
}

/// A case is repaired once, and while the office's last word on it is no.
pub(super) fn is_refused(tx: &Reading<'_>, root: FactId) -> Result<(), WorkError> {
    let stands = tx.fact(root)?.is_some_and(|kept| kept.state != FactState::Refused);
    if stands || tx.resolve(root)? != root { Err(WorkError::NotRefused) } else { Ok(()) }
}

/// What the followers of a refused case already say: the office releases them to the case that repairs it, so only what
/// differs is written again.
#[derive(Debug, Default)]
pub(super) struct Said {
    texts: BTreeMap<Slot, String>,
    photos: BTreeSet<[u8; 32]>,
    promises: BTreeSet<String>,
    pub(super) identity: Option<Identity>,
}

/// Of the case that is repaired; nothing when none is.
pub(super) fn unsaid(tx: &Reading<'_>, repairs: Option<FactId>) -> Result<Said, WorkError> {
    let Some(root) = repairs else {
        return Ok(Said::default());
    };
    let Some(folded) = tx.fold(root)? else {
        return Ok(Said::default());
    };
    let case = folded.case;
    Ok(Said {
        texts: case.words.get(&case.root).cloned().unwrap_or_default(),
        photos: case.photos.iter().map(|(_, photo)| *photo.hash).collect(),
        promises: case.follow_ups.iter().filter_map(|promise| promise.text.clone()).collect(),
        identity: case.identity,
    })
}

impl Said {
    pub(super) fn texts<'t>(&self, texts: &[(Slot, &'t str)]) -> Vec<(Slot, &'t str)> {
        let is_new = |(slot, text): &&(Slot, &str)| self.texts.get(slot).is_none_or(|said| said != text.trim());
        texts.iter().filter(is_new).copied().collect()
    }

    pub(super) fn photos(&self, photos: &[PhotoDraft]) -> Vec<PhotoDraft> {
        photos.iter().filter(|photo| !self.photos.contains(&*photo.hash)).cloned().collect()
    }

    pub(super) fn promised(&self, text: &str) -> bool {
        self.promises.contains(text.trim())
    }
}

fn draft_of(tx: &Writing<'_>, case: &Case) -> Result<Draft, WorkError> {
    let repairs = Some(case.root);
    let post = case.post;
    let text = |slot| case.text(slot).unwrap_or_default().to_owned();
    let photos = photos_of(tx, case)?;
    Ok(match &case.body {
        CaseBody::Visit(visit) => Draft::Visit(VisitDraft {
            unit: Some(visit.unit),
            day: Some(visit.day),
            started: visit.started,
            minutes: visit.minutes,
            evidence: Some(visit.place.evidence),
            fix: visit.place.fix,
            place_reason: text(Slot::PlaceReason),
            met: visit.met.clone().unwrap_or_default(),
            with: text(Slot::With),
            topics: (0..)
                .zip(visit.topics.iter().flatten())
                .map(|(index, marked)| TopicDraft {
                    topic: marked.topic,
                    mark: Some(marked.mark),
                    remark: text(Slot::topic(index)),
                })
                .collect(),
            promises: promises_of(case),
            remark: text(Slot::Remark),
            photos,
            post,
            since_boot: visit.since_boot,
            receipt: visit.receipt.clone(),
            repairs,
            ..VisitDraft::default()
        }),
        CaseBody::Problem(problem) => Draft::Problem(ProblemDraft {
            unit: Some(problem.unit),
            urgency: Some(problem.urgency),
            handling: Some(problem.handling),
            to_level: problem.to_level,
            text: text(Slot::Text),
            place: text(Slot::Where),
            photos,
            post,
            receipt: problem.receipt.clone(),
            repairs,
            visit: problem.visit,
        }),
        CaseBody::Petition(petition) => {
            let who = case.identity.clone().unwrap_or(Identity { name: None, phone: None, address: None });
            Draft::Petition(PetitionDraft {
                unit: Some(petition.unit),
                kind: Some(petition.kind),
                urgency: Some(petition.urgency),
                text: text(Slot::Text),
                place: text(Slot::Where),
                anonymous: petition.anonymous,
                name: who.name.unwrap_or_default(),
                phone: who.phone.unwrap_or_default(),
                address: who.address.unwrap_or_default(),
                photos,
                post,
                receipt: petition.receipt.clone(),
                repairs,
                remote: petition.remote,
            })
        }
        CaseBody::Report(report) => Draft::Report(ReportDraft {
            kind: Some(report.kind),
            unit: Some(report.unit),
            from: Some(report.from),
            to: Some(report.to),
            nothing: report.nothing,
            done: text(Slot::BoxDone),
            not_done: text(Slot::BoxNotDone),
            proposed: text(Slot::BoxProposed),
            post,
            receipt: report.receipt.clone(),
            repairs,
        }),
    })
}

fn promises_of(case: &Case) -> Vec<PromiseDraft> {
    let promises = case.follow_ups.iter();
    promises
        .map(|promise| PromiseDraft {
            text: promise.text.clone().unwrap_or_default(),
            month: Some(promise.month),
            owner: promise.owner,
        })
        .collect()
}

/// Photos of the case itself whose files are still here.
fn photos_of(tx: &Writing<'_>, case: &Case) -> Result<Vec<PhotoDraft>, WorkError> {
    let mut photos = Vec::new();
    for (_, photo) in case.photos.iter().filter(|(id, photo)| photo.of.is_none() && case.kind_of(*id) == Some(Kind::Photo)) {
        let Photo { hash, bytes, width, height, topic, .. } = photo.clone();
        if let Some(path) = tx.blob(&hash)?.and_then(|blob| blob.path) {
            photos.push(PhotoDraft { hash, bytes, width, height, path, topic });
        }
    }
    Ok(photos)
}
