package vn.sodiaban.fieldbook.problem

import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.pluralStringResource
import androidx.compose.ui.res.stringResource
import vn.sodiaban.fieldbook.R
import vn.sodiaban.fieldbook.core.Field
import vn.sodiaban.fieldbook.core.HamletChoice
import vn.sodiaban.fieldbook.core.ProblemEntry
import vn.sodiaban.fieldbook.form.CheckLine
import vn.sodiaban.fieldbook.form.FormActions
import vn.sodiaban.fieldbook.form.FormPage
import vn.sodiaban.fieldbook.form.HamletList
import vn.sodiaban.fieldbook.form.PostChoice
import vn.sodiaban.fieldbook.photo.PhotoRow
import vn.sodiaban.fieldbook.photo.PhotoTaker
import vn.sodiaban.fieldbook.words.word

/** A problem by itself, page by page. */
@Composable
fun ProblemContent(
    state: ProblemState,
    actions: FormActions<ProblemEntry, ProblemPart>,
    taker: PhotoTaker,
    onHamlet: (HamletChoice) -> Unit,
    onFind: (String) -> Unit,
    modifier: Modifier = Modifier,
) = FormPage(
    state = state.form,
    actions = actions,
    title = { page -> stringResource(page.first().question()) },
    fieldLabel = { field -> stringResource(field.label()) },
    modifier = modifier,
    hasNext = { ProblemPart.HAMLET !in it.page || it.entry.hamletId.isNotEmpty() },
) { form ->
    val entry = form.entry
    form.page.forEach { part ->
        when (part) {
            ProblemPart.HAMLET -> HamletList(form.choices.hamlets, state.found, entry.hamletId, onHamlet, onFind)

            ProblemPart.WHAT -> {
                ProblemText(entry, form.edition, actions::edit, fault = form.fault)
                ProblemPlace(entry, form.edition, actions::edit, fault = form.fault)
                PhotoRow(ProblemForm.SLOT, entry.photos, form.photoWork, taker, onRemove = { at ->
                    actions.remove { it.copy(photos = it.photos.filterIndexed { index, _ -> index != at }) }
                })
            }

            ProblemPart.HANDLING -> ProblemHandling(entry, actions::edit, fault = form.fault, isTitled = form.page.size > 1)

            ProblemPart.CHECK -> ProblemCheck(form, actions)
        }
    }
}

@Composable
private fun ProblemCheck(form: OpenProblem, actions: FormActions<ProblemEntry, ProblemPart>) {
    val entry = form.entry
    PostChoice(form.posts, form.postId, actions::choosePost, fault = form.fault?.takeIf { it.field == Field.Post })
    val hamlet = form.choices.hamlets.find { it.id == entry.hamletId }?.name.orEmpty()
    CheckLine(stringResource(R.string.field_hamlet), hamlet, { actions.goTo(ProblemPart.HAMLET) })
    val photos = entry.photos.size.takeIf { it > 0 }?.let { pluralStringResource(R.plurals.photos, it, it) }
    val what = listOfNotNull(entry.text, entry.place, photos).filter { it.isNotBlank() }.joinToString("\n")
    CheckLine(stringResource(R.string.field_problem), what, { actions.goTo(ProblemPart.WHAT) })
    val handled = entry.handledWords() ?: stringResource(R.string.form_nothing)
    val urgency = stringResource(entry.urgency.word())
    CheckLine(stringResource(R.string.field_handling), "$handled\n$urgency", { actions.goTo(ProblemPart.HANDLING) })
}

private fun ProblemPart.question(): Int = when (this) {
    ProblemPart.HAMLET -> R.string.screen_problem_hamlet
    ProblemPart.WHAT -> R.string.screen_problem_what
    ProblemPart.HANDLING -> R.string.field_handling
    ProblemPart.CHECK -> R.string.form_check
}

private fun Field.label(): Int = when (this) {
    Field.Hamlet -> R.string.field_hamlet
    Field.ToLevel -> R.string.field_handling
    Field.Where -> R.string.field_where
    Field.Photo -> R.string.field_photo
    Field.Post -> R.string.form_post
    else -> R.string.field_problem
}
