package vn.sodiaban.fieldbook.visit

import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import vn.sodiaban.fieldbook.R
import vn.sodiaban.fieldbook.core.Field
import vn.sodiaban.fieldbook.core.HamletChoice
import vn.sodiaban.fieldbook.core.VisitEntry
import vn.sodiaban.fieldbook.form.FormActions
import vn.sodiaban.fieldbook.form.FormPage
import vn.sodiaban.fieldbook.photo.PhotoTaker
import vn.sodiaban.fieldbook.ui.SectionTitle

/** A visit, page by page; a page that asks several things has a heading for each. */
@Composable
fun VisitContent(
    state: VisitState,
    actions: FormActions<VisitEntry, VisitPart>,
    taker: PhotoTaker,
    onHamlet: (HamletChoice) -> Unit,
    onFind: (String) -> Unit,
    onFix: () -> Unit,
    onNoFix: () -> Unit,
    onReason: (String) -> Unit,
    modifier: Modifier = Modifier,
) = FormPage(
    state = state.form,
    actions = actions,
    title = { page -> stringResource(pageTitle(page)) },
    fieldLabel = { field -> stringResource(field.label()) },
    modifier = modifier,
    hasNext = { VisitPart.HAMLET !in it.page || it.entry.hamletId.isNotEmpty() },
) { form ->
    form.page.forEach { part ->
        if (form.page.size > 1) SectionTitle(stringResource(part.question()))
        when (part) {
            VisitPart.HAMLET -> HamletQuestion(form, state.found, onHamlet, onFind)
            VisitPart.DAY -> DayQuestion(form, actions)
            VisitPart.PLACE -> PlaceQuestion(form, state, actions, onFix, onNoFix, onReason)
            VisitPart.MET -> MetQuestion(form, actions)
            VisitPart.TOPICS -> TopicsQuestion(form, actions, taker)
            VisitPart.FOLLOW_UPS -> FollowUpsQuestion(form, actions)
            VisitPart.PROBLEMS -> ProblemsQuestion(form, actions, taker)
            VisitPart.PHOTOS -> PhotosQuestion(form, actions, taker)
            VisitPart.PROMISES -> PromisesQuestion(form, actions)
            VisitPart.CHECK -> VisitCheck(form, state.grade, actions)
        }
    }
}

private fun pageTitle(page: List<VisitPart>): Int = when {
    page.size == 1 -> page.single().question()
    VisitPart.PLACE in page -> R.string.screen_visit_group_place
    VisitPart.TOPICS in page -> R.string.screen_visit_group_topics
    else -> R.string.screen_visit_group_problems
}

/** The question, as the heading of its page or of its part of a page. */
internal fun VisitPart.question(): Int = when (this) {
    VisitPart.HAMLET -> R.string.screen_visit_hamlet
    VisitPart.DAY -> R.string.screen_visit_day
    VisitPart.PLACE -> R.string.screen_visit_place
    VisitPart.MET -> R.string.screen_visit_met
    VisitPart.TOPICS -> R.string.screen_visit_topics
    VisitPart.FOLLOW_UPS -> R.string.screen_visit_follow_ups
    VisitPart.PROBLEMS -> R.string.screen_visit_problems
    VisitPart.PHOTOS -> R.string.screen_visit_photos
    VisitPart.PROMISES -> R.string.screen_visit_promises
    VisitPart.CHECK -> R.string.form_check
}

/** What a field is called where it is wrong. */
internal fun Field.label(): Int = when (this) {
    Field.Hamlet -> R.string.field_hamlet
    Field.Day -> R.string.field_day
    Field.PlaceReason -> R.string.field_place_reason
    Field.With -> R.string.field_with
    is Field.Topic -> R.string.field_remark
    is Field.Problem, Field.Text -> R.string.field_problem
    Field.ToLevel -> R.string.field_handling
    Field.Where -> R.string.field_where
    Field.Remark -> R.string.field_remark
    is Field.Promise -> R.string.field_promise
    Field.Post -> R.string.form_post
    Field.Photo -> R.string.field_photo
    else -> R.string.form_check
}
