package vn.sodiaban.fieldbook.petition

import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.text.input.KeyboardCapitalization
import androidx.compose.ui.text.input.KeyboardType
import vn.sodiaban.fieldbook.R
import vn.sodiaban.fieldbook.core.Field
import vn.sodiaban.fieldbook.core.FieldbookException
import vn.sodiaban.fieldbook.core.InputFault
import vn.sodiaban.fieldbook.core.PetitionEntry
import vn.sodiaban.fieldbook.core.PetitionKind
import vn.sodiaban.fieldbook.form.FormFault
import vn.sodiaban.fieldbook.form.RemovedNotice
import vn.sodiaban.fieldbook.form.RestoredNotice
import vn.sodiaban.fieldbook.form.faultWords
import vn.sodiaban.fieldbook.petition.PetitionState.Form
import vn.sodiaban.fieldbook.photo.PhotoRow
import vn.sodiaban.fieldbook.photo.PhotoTaker
import vn.sodiaban.fieldbook.ui.ChoiceLine
import vn.sodiaban.fieldbook.ui.FailedPage
import vn.sodiaban.fieldbook.ui.FormField
import vn.sodiaban.fieldbook.ui.MainButton
import vn.sodiaban.fieldbook.ui.Notice
import vn.sodiaban.fieldbook.ui.ProblemBlock
import vn.sodiaban.fieldbook.ui.QuestionPage
import vn.sodiaban.fieldbook.ui.SwitchLine
import vn.sodiaban.fieldbook.ui.Tone

/** The form after the questions: one question per page, then everything once more. */
@Composable
fun PetitionContent(
    state: PetitionState,
    onChange: (PetitionEntry.() -> PetitionEntry) -> Unit,
    onPost: (String) -> Unit,
    onNext: () -> Unit,
    onEdit: (PetitionStep) -> Unit,
    onKind: () -> Unit,
    onRemovePhoto: (Int) -> Unit,
    onUndoRemoval: () -> Unit,
    taker: PhotoTaker,
    onSave: () -> Unit,
    onAgain: () -> Unit,
    onBack: () -> Unit,
    modifier: Modifier = Modifier,
) = when (state) {
    is Form -> when (state.step) {
        PetitionStep.TEXT -> TextPage(state, onChange, onRemovePhoto, onUndoRemoval, taker, onNext, onBack, modifier)
        PetitionStep.WHO -> WhoPage(state, onChange, onNext, onBack, modifier)
        PetitionStep.WHERE -> WherePage(state, onChange, onNext, onBack, modifier)
        PetitionStep.REVIEW -> ReviewPage(state, onPost, onEdit, onKind, onSave, onBack, modifier)
    }

    is PetitionState.Failed -> FailedPage(state.problem, onAgain, onBack, modifier)

    is PetitionState.Guidance, PetitionState.Loading, is PetitionState.Saved, is PetitionState.Sorting -> Box(modifier.fillMaxSize())
}

@Composable
private fun StepPage(
    question: String,
    form: Form,
    onNext: () -> Unit,
    onBack: () -> Unit,
    modifier: Modifier = Modifier,
    content: @Composable () -> Unit,
) = QuestionPage(
    question = question,
    step = form.step.number,
    steps = PetitionStep.entries.size,
    onBack = onBack,
    modifier = modifier,
    actions = { MainButton(stringResource(if (form.isEditing) R.string.form_done_editing else R.string.action_continue), onNext) },
) {
    form.restored?.let { RestoredNotice(it) }
    form.problem?.let { FormProblem(it) }
    content()
}

/** What is wrong, on top of the page and in the words that stand beside its field. */
@Composable
private fun FormProblem(problem: FieldbookException) {
    val words = (problem as? FieldbookException.Invalid)?.let { faultOf(it.`field`, it.fault) }
    if (words == null) ProblemBlock(problem) else Notice(words, tone = Tone.LATE)
}

@Composable
private fun Form.faultWords(field: Field): String? = fault(field)?.let { faultOf(field, it) }

@Composable
private fun faultOf(field: Field, fault: InputFault): String? = when (field) {
    Field.Text -> R.string.screen_petition_text
    Field.Resident -> R.string.screen_petition_name
    Field.Where -> R.string.screen_petition_place
    else -> null
}?.let { faultWords(stringResource(it), FormFault(field, fault)) }

@Composable
private fun TextPage(
    form: Form,
    onChange: (PetitionEntry.() -> PetitionEntry) -> Unit,
    onRemovePhoto: (Int) -> Unit,
    onUndoRemoval: () -> Unit,
    taker: PhotoTaker,
    onNext: () -> Unit,
    onBack: () -> Unit,
    modifier: Modifier = Modifier,
) = StepPage(stringResource(R.string.screen_petition_text_title), form, onNext, onBack, modifier) {
    FormField(
        label = stringResource(R.string.screen_petition_text),
        text = form.entry.text,
        onType = { typed -> onChange { copy(text = typed) } },
        hint = stringResource(R.string.common_microphone),
        fault = form.faultWords(Field.Text),
        lines = 4,
    )
    if (form.removedFrom != null) RemovedNotice(onUndoRemoval)
    PhotoRow(PHOTOS, form.entry.photos, form.photoWork, taker, onRemovePhoto)
}

/** All pictures of a petition belong to the whole of it. */
private const val PHOTOS = "whole"

@Composable
private fun WhoPage(
    form: Form,
    onChange: (PetitionEntry.() -> PetitionEntry) -> Unit,
    onNext: () -> Unit,
    onBack: () -> Unit,
    modifier: Modifier = Modifier,
) = StepPage(stringResource(R.string.screen_petition_who_title), form, onNext, onBack, modifier) {
    val entry = form.entry
    SwitchLine(
        stringResource(R.string.screen_petition_anonymous),
        entry.anonymous,
        { isOn -> onChange { copy(anonymous = isOn) } },
        more = stringResource(R.string.screen_petition_anonymous_hint),
    )
    if (entry.anonymous) return@StepPage
    val names = KeyboardOptions(capitalization = KeyboardCapitalization.Words)
    FormField(
        label = stringResource(R.string.screen_petition_name),
        text = entry.name,
        onType = { typed -> onChange { copy(name = typed) } },
        fault = form.faultWords(Field.Resident),
        keyboard = names,
    )
    FormField(
        label = stringResource(R.string.screen_petition_phone),
        text = entry.phone,
        onType = { typed -> onChange { copy(phone = typed) } },
        keyboard = KeyboardOptions(keyboardType = KeyboardType.Phone),
    )
    FormField(stringResource(R.string.screen_petition_address), entry.address, { typed ->
        onChange { copy(address = typed) }
    }, keyboard = names)
    Text(stringResource(R.string.screen_petition_name_secret), style = MaterialTheme.typography.bodySmall)
}

@Composable
private fun WherePage(
    form: Form,
    onChange: (PetitionEntry.() -> PetitionEntry) -> Unit,
    onNext: () -> Unit,
    onBack: () -> Unit,
    modifier: Modifier = Modifier,
) = StepPage(stringResource(R.string.screen_petition_where_title), form, onNext, onBack, modifier) {
    val own = form.hamlets.filter { it.own }
    val offered = own.ifEmpty { form.hamlets } + form.hamlets.filter { !it.own && it.id == form.entry.hamletId }
    offered.distinct().forEach { hamlet ->
        ChoiceLine(hamlet.name, hamlet.id == form.entry.hamletId, { onChange { copy(hamletId = hamlet.id) } }, more = hamlet.commune)
    }
    FormField(
        label = stringResource(R.string.screen_petition_place),
        text = form.entry.place,
        onType = { typed -> onChange { copy(place = typed) } },
        hint = stringResource(R.string.screen_petition_place_hint),
        fault = form.faultWords(Field.Where),
    )
    // Only a complaint's periods are longer there.
    if (form.entry.kind == PetitionKind.COMPLAINT) {
        SwitchLine(
            stringResource(R.string.screen_petition_remote),
            form.entry.remote,
            { isOn -> onChange { copy(remote = isOn) } },
            more = stringResource(R.string.screen_petition_remote_hint),
        )
    }
}
