package vn.sodiaban.fieldbook.me

import androidx.annotation.StringRes
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.pluralStringResource
import androidx.compose.ui.res.stringResource
import vn.sodiaban.fieldbook.R
import vn.sodiaban.fieldbook.core.PostRole
import vn.sodiaban.fieldbook.core.Status
import vn.sodiaban.fieldbook.ui.CallButton
import vn.sodiaban.fieldbook.ui.ChoiceLine
import vn.sodiaban.fieldbook.ui.MainButton
import vn.sodiaban.fieldbook.ui.Notice
import vn.sodiaban.fieldbook.ui.Page
import vn.sodiaban.fieldbook.ui.PinField
import vn.sodiaban.fieldbook.ui.PinLength
import vn.sodiaban.fieldbook.ui.ProblemBlock
import vn.sodiaban.fieldbook.ui.Reading
import vn.sodiaban.fieldbook.ui.SectionTitle
import vn.sodiaban.fieldbook.ui.SideButton
import vn.sodiaban.fieldbook.ui.SwitchLine
import vn.sodiaban.fieldbook.ui.Tone

@Composable
fun MeContent(
    state: MeState,
    language: Language?,
    onTask: (MeTask) -> Unit,
    onSize: (TextSize) -> Unit,
    onLanguage: (Language) -> Unit,
    onRemovePin: () -> Unit,
    onPractice: (Boolean) -> Unit,
    onBack: () -> Unit,
    modifier: Modifier = Modifier,
) {
    val status = (state.status as? Reading.Ready)?.value
    Page(title = stringResource(R.string.place_me), modifier = modifier, onBack = onBack) {
        if (state.status is Reading.Failed) ProblemBlock(state.status.problem)
        status?.let { Person(it) }
        state.problem?.let { ProblemBlock(it, officePhone = status?.officePhone) }
        SectionTitle(stringResource(R.string.screen_me_text_size))
        val size = state.chosen.textSize ?: usualSize(status)
        TextSize.entries.forEach { ChoiceLine(stringResource(it.word()), it == size, { onSize(it) }) }
        LanguagePart(language, onLanguage)
        PinPart(state.chosen.hasPin, onTask, onRemovePin)
        status?.let { PracticePart(it, onPractice) }
        Help(status)
        SectionTitle(stringResource(R.string.screen_me_leave))
        SideButton(stringResource(R.string.screen_me_sign_out), { onTask(MeTask.SIGN_OUT) })
        status?.let { Text(stringResource(R.string.screen_me_version, it.version), style = MaterialTheme.typography.bodySmall) }
    }
}

/** Not before it is known whether it is on: a tap turns it over. */
@Composable
private fun ColumnScope.PracticePart(status: Status, onPractice: (Boolean) -> Unit) {
    SectionTitle(stringResource(R.string.screen_me_practice))
    SwitchLine(
        stringResource(R.string.screen_me_practice_on),
        status.practice,
        onPractice,
        more = stringResource(R.string.screen_me_practice_hint),
    )
}

@Composable
private fun ColumnScope.Person(status: Status) {
    status.person?.let { Text(it, style = MaterialTheme.typography.titleLarge) }
    status.posts.forEach { Text(stringResource(R.string.common_post, it.title, it.unit)) }
    status.organisation?.let { Text(it, style = MaterialTheme.typography.bodySmall) }
}

/** Large for heads until something else is chosen. */
private fun usualSize(status: Status?): TextSize =
    if (status?.posts.orEmpty().any { it.role == PostRole.HEAD }) TextSize.LARGE else TextSize.USUAL

@Composable
private fun ColumnScope.LanguagePart(language: Language?, onLanguage: (Language) -> Unit) {
    SectionTitle(stringResource(R.string.screen_me_language))
    if (language == null) {
        SideButton(stringResource(R.string.screen_me_language_settings), { onLanguage(Language.PHONE) })
    } else {
        Language.entries.forEach { ChoiceLine(stringResource(it.word()), it == language, { onLanguage(it) }) }
    }
}

@Composable
private fun ColumnScope.PinPart(hasPin: Boolean, onTask: (MeTask) -> Unit, onRemovePin: () -> Unit) {
    SectionTitle(stringResource(R.string.screen_enrol_pin))
    Text(stringResource(R.string.screen_enrol_pin_hint), style = MaterialTheme.typography.bodySmall)
    SideButton(stringResource(if (hasPin) R.string.screen_me_pin_change else R.string.screen_enrol_pin_action), { onTask(MeTask.PIN) })
    if (hasPin) SideButton(stringResource(R.string.screen_me_pin_remove), onRemovePin)
}

@Composable
private fun ColumnScope.Help(status: Status?) {
    SectionTitle(stringResource(R.string.screen_me_help))
    Text(stringResource(R.string.screen_me_help_hint))
    status?.officePhone?.let { CallButton(stringResource(R.string.action_call_office, it), it) }
}

/** A PIN that locks the screen, and nothing else. */
@Composable
internal fun SetPinPage(onPin: (String) -> Unit, onBack: () -> Unit, modifier: Modifier = Modifier) {
    var pin by remember { mutableStateOf("") }
    var isShort by remember { mutableStateOf(false) }
    Page(
        title = stringResource(R.string.screen_enrol_pin_title),
        modifier = modifier,
        onBack = onBack,
        actions = {
            MainButton(stringResource(R.string.screen_enrol_pin_action), { if (pin.length in PinLength) onPin(pin) else isShort = true })
        },
    ) {
        Text(stringResource(R.string.screen_enrol_pin_hint))
        PinField(
            pin = pin,
            onType = {
                pin = it
                isShort = false
            },
            fault = if (isShort) stringResource(R.string.screen_enrol_pin_short) else null,
        )
    }
}

/** Everything is sent first; what would be deleted unsent is said before. */
@Composable
internal fun SignOutPage(state: MeState, onSignOut: () -> Unit, onBack: () -> Unit, modifier: Modifier = Modifier) {
    val status = (state.status as? Reading.Ready)?.value
    Page(
        title = stringResource(R.string.screen_me_sign_out),
        modifier = modifier,
        onBack = onBack,
        actions = { MainButton(stringResource(R.string.screen_me_sign_out_action), onSignOut, isBusy = state.isBusy) },
    ) {
        if (state.problem != null) {
            ProblemBlock(state.problem, officePhone = status?.officePhone)
            Text(stringResource(R.string.screen_me_sign_out_kept))
        }
        Text(stringResource(R.string.screen_me_sign_out_hint))
        if (state.drafts > 0) {
            Notice(pluralStringResource(R.plurals.screen_me_drafts_lost, state.drafts, state.drafts), tone = Tone.DANGER)
        }
    }
}

@StringRes
private fun TextSize.word(): Int = when (this) {
    TextSize.USUAL -> R.string.screen_me_size_usual
    TextSize.LARGE -> R.string.screen_me_size_large
    TextSize.LARGEST -> R.string.screen_me_size_largest
}

@StringRes
private fun Language.word(): Int = when (this) {
    Language.PHONE -> R.string.screen_me_language_phone
    Language.VIETNAMESE -> R.string.screen_me_language_vi
    Language.ENGLISH -> R.string.screen_me_language_en
}
