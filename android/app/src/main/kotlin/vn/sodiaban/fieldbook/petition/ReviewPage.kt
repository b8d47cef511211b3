package vn.sodiaban.fieldbook.petition

import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.pluralStringResource
import androidx.compose.ui.res.stringResource
import vn.sodiaban.fieldbook.R
import vn.sodiaban.fieldbook.core.PetitionEntry
import vn.sodiaban.fieldbook.core.Urgency
import vn.sodiaban.fieldbook.form.CheckLine
import vn.sodiaban.fieldbook.form.PostChoice
import vn.sodiaban.fieldbook.form.RestoredNotice
import vn.sodiaban.fieldbook.petition.PetitionState.Form
import vn.sodiaban.fieldbook.ui.MainButton
import vn.sodiaban.fieldbook.ui.Notice
import vn.sodiaban.fieldbook.ui.ProblemBlock
import vn.sodiaban.fieldbook.ui.QuestionPage
import vn.sodiaban.fieldbook.words.word
import vn.sodiaban.fieldbook.words.words

/** "Kiểm tra lại": each part leads to its page. */
@Composable
internal fun ReviewPage(
    form: Form,
    onPost: (String) -> Unit,
    onEdit: (PetitionStep) -> Unit,
    onKind: () -> Unit,
    onSave: () -> Unit,
    onBack: () -> Unit,
    modifier: Modifier = Modifier,
) = QuestionPage(
    question = stringResource(R.string.form_check),
    step = form.step.number,
    steps = PetitionStep.entries.size,
    onBack = onBack,
    modifier = modifier,
    actions = { MainButton(stringResource(R.string.action_save), onSave, isBusy = form.isBusy) },
) {
    form.restored?.let { RestoredNotice(it) }
    if (form.repairs) Notice(stringResource(R.string.screen_petition_repairs))
    form.problem?.let { ProblemBlock(it) }
    val entry = form.entry
    val text = entry.text.ifBlank { stringResource(R.string.common_no_text) }
    CheckLine(stringResource(R.string.screen_petition_text), text, { onEdit(PetitionStep.TEXT) })
    if (entry.photos.isNotEmpty()) Text(pluralStringResource(R.plurals.screen_petition_photos, entry.photos.size, entry.photos.size))
    CheckLine(stringResource(R.string.screen_petition_who), whoWords(entry), { onEdit(PetitionStep.WHO) })
    CheckLine(stringResource(R.string.screen_petition_where), whereWords(form), { onEdit(PetitionStep.WHERE) })
    CheckLine(stringResource(R.string.screen_petition_kind), kindWords(form), onKind)
    PostChoice(form.posts, form.postId, onPost)
    form.result?.let { Text(it.clocks.firstOrNull()?.words().orEmpty(), style = MaterialTheme.typography.bodySmall) }
}

@Composable
private fun whoWords(entry: PetitionEntry): String =
    if (entry.anonymous) {
        stringResource(R.string.screen_petition_is_anonymous)
    } else {
        listOf(entry.name, entry.phone, entry.address).filter { it.isNotBlank() }.joinToString("\n")
    }

@Composable
private fun whereWords(form: Form): String {
    val hamlet = form.hamlets.find { it.id == form.entry.hamletId }?.name.orEmpty()
    val remote = if (form.entry.remote) stringResource(R.string.screen_petition_remote) else ""
    return listOf(hamlet, form.entry.place, remote).filter { it.isNotBlank() }.joinToString("\n")
}

@Composable
private fun kindWords(form: Form): String {
    val kind = stringResource(form.entry.kind?.word() ?: R.string.kind_petition)
    return if (form.entry.urgency == Urgency.URGENT) "$kind · ${stringResource(R.string.urgency_urgent)}" else kind
}
