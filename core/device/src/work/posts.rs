//! In which post something is done: chosen by itself when one fits.

use fieldbook_model::case::{Action, Actor, Refusal, Standing, may_write};
use fieldbook_model::day::Day;
use fieldbook_model::id::FactId;
use fieldbook_model::unit::UnitTree;

use super::WorkError;

/// The post in which the person may do this today: `chosen` when it was given, else the one that fits.
///
/// # Errors
/// [`WorkError::ChoosePost`] when several fit, [`WorkError::Refused`] when none does.
pub(super) fn choose(
    tree: &UnitTree,
    actor: &Actor,
    chosen: Option<FactId>,
    what: &Action<'_>,
    today: Day,
) -> Result<FactId, WorkError> {
    let verdict = |post: FactId| may_write(tree, actor, Some(post), what, today, today);
    if let Some(post) = chosen {
        verdict(post)?;
        return Ok(post);
    }
    let verdicts: Vec<(FactId, Result<Standing, Refusal>)> =
        actor.posts.iter().map(|post| (post.id, verdict(post.id))).collect();
    let fits: Vec<FactId> =
        verdicts.iter().filter(|(_, verdict)| *verdict == Ok(Standing::InTime)).map(|(post, _)| *post).collect();
    match fits.as_slice() {
        [one] => Ok(*one),
        [] => Err(reason(&verdicts).into()),
        _ => Err(WorkError::ChoosePost(fits)),
    }
}

/// Of the posts that do not fit, what the one that came nearest says.
fn reason(verdicts: &[(FactId, Result<Standing, Refusal>)]) -> Refusal {
    let refusals = verdicts.iter().filter_map(|(_, verdict)| verdict.err());
    let nearest =
        refusals.min_by_key(|refusal| matches!(refusal, Refusal::NotYourPost | Refusal::PostEnded | Refusal::TooLate));
    nearest.unwrap_or(Refusal::NotYourPost)
}
