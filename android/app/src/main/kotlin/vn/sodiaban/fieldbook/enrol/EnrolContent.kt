package vn.sodiaban.fieldbook.enrol

import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.material3.LinearProgressIndicator
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.OutlinedTextField
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.pluralStringResource
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.input.ImeAction
import androidx.compose.ui.text.input.KeyboardType
import vn.sodiaban.fieldbook.R
import vn.sodiaban.fieldbook.core.EnrolmentCode
import vn.sodiaban.fieldbook.ui.MainButton
import vn.sodiaban.fieldbook.ui.Notice
import vn.sodiaban.fieldbook.ui.Page
import vn.sodiaban.fieldbook.ui.PinField
import vn.sodiaban.fieldbook.ui.PinLength
import vn.sodiaban.fieldbook.ui.ProblemBlock
import vn.sodiaban.fieldbook.ui.QuestionPage
import vn.sodiaban.fieldbook.ui.SideButton
import vn.sodiaban.fieldbook.words.sentence

private const val STEPS = 4
private const val CODE_DIGITS = 10

@Composable
fun EnrolContent(
    state: EnrolState,
    onScan: () -> Unit,
    onLook: (EnrolmentCode) -> Unit,
    onConfirm: () -> Unit,
    onBack: () -> Unit,
    onPin: (String) -> Unit,
    onSkipPin: () -> Unit,
    onAgain: () -> Unit,
    onDone: () -> Unit,
    modifier: Modifier = Modifier,
    onLeave: (() -> Unit)? = null,
) = when (state.step) {
    EnrolStep.CODE -> CodePage(state, onScan, onLook, onLeave, modifier)
    EnrolStep.CONFIRM -> ConfirmPage(state, onConfirm, onBack, modifier)
    EnrolStep.PIN -> PinPage(onPin, onSkipPin, modifier)
    EnrolStep.FILLING -> FillingPage(state, onAgain, onDone, modifier)
}

@Composable
private fun CodePage(
    state: EnrolState,
    onScan: () -> Unit,
    onLook: (EnrolmentCode) -> Unit,
    onLeave: (() -> Unit)?,
    modifier: Modifier = Modifier,
) {
    var address by rememberSaveable { mutableStateOf("") }
    var digits by rememberSaveable { mutableStateOf("") }
    Page(
        title = stringResource(R.string.screen_enrol_code_title),
        modifier = modifier,
        onBack = onLeave,
        corner = { StepWords(1) },
        actions = {
            MainButton(stringResource(R.string.action_continue), { onLook(EnrolmentCode.Typed(address, digits)) }, isBusy = state.isBusy)
        },
    ) {
        state.problem?.let { ProblemBlock(it) }
        SideButton(stringResource(R.string.screen_enrol_scan), onScan, icon = R.drawable.ic_scan)
        Text(stringResource(R.string.screen_enrol_code_hint))
        OutlinedTextField(
            value = address,
            onValueChange = { address = it },
            modifier = Modifier.fillMaxWidth(),
            label = { Text(stringResource(R.string.screen_enrol_address)) },
            keyboardOptions = KeyboardOptions(autoCorrectEnabled = false, keyboardType = KeyboardType.Uri, imeAction = ImeAction.Next),
            singleLine = true,
        )
        OutlinedTextField(
            value = digits,
            onValueChange = { typed -> digits = typed.filter(Char::isDigit).take(CODE_DIGITS) },
            modifier = Modifier.fillMaxWidth(),
            label = { Text(stringResource(R.string.screen_enrol_digits)) },
            keyboardOptions = KeyboardOptions(keyboardType = KeyboardType.Number, imeAction = ImeAction.Done),
            singleLine = true,
        )
    }
}

@Composable
private fun ConfirmPage(state: EnrolState, onConfirm: () -> Unit, onBack: () -> Unit, modifier: Modifier = Modifier) {
    val look = state.look ?: return
    QuestionPage(
        question = stringResource(R.string.screen_enrol_confirm_title),
        step = 2,
        steps = STEPS,
        onBack = onBack,
        modifier = modifier,
        actions = { MainButton(stringResource(R.string.screen_enrol_confirm_action), onConfirm, isBusy = state.isBusy) },
    ) {
        state.problem?.let { ProblemBlock(it, officePhone = look.officePhone) }
        Text(look.person, style = MaterialTheme.typography.headlineMedium)
        look.posts.forEach { post -> Text(stringResource(R.string.common_post, post.title, post.unit)) }
        Text(look.organisation)
        SideButton(stringResource(R.string.screen_enrol_not_me), onBack)
    }
}

@Composable
private fun PinPage(onPin: (String) -> Unit, onSkip: () -> Unit, modifier: Modifier = Modifier) {
    var pin by remember { mutableStateOf("") }
    var isShort by remember { mutableStateOf(false) }
    Page(
        title = stringResource(R.string.screen_enrol_pin_title),
        modifier = modifier,
        corner = { StepWords(3) },
        actions = {
            MainButton(stringResource(R.string.screen_enrol_pin_action), { if (pin.length in PinLength) onPin(pin) else isShort = true })
            SideButton(stringResource(R.string.screen_enrol_pin_skip), onSkip)
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

@Composable
private fun FillingPage(state: EnrolState, onAgain: () -> Unit, onDone: () -> Unit, modifier: Modifier = Modifier) {
    val filling = state.filling
    val isStuck = state.problem != null || filling.trouble != null
    Page(
        title = stringResource(if (filling.isUsable) R.string.screen_enrol_ready_title else R.string.screen_enrol_filling_title),
        modifier = modifier,
        corner = { StepWords(STEPS) },
        actions = when {
            filling.isUsable -> ({ MainButton(stringResource(R.string.screen_enrol_begin), onDone) })
            isStuck -> ({ MainButton(stringResource(R.string.action_try_again), onAgain) })
            else -> null
        },
    ) {
        state.problem?.let { ProblemBlock(it, officePhone = state.look?.officePhone) }
        filling.trouble?.let { Notice(stringResource(it.sentence())) }
        if (!filling.isComplete && !isStuck) {
            LinearProgressIndicator(Modifier.fillMaxWidth())
            Text(leftWords(filling), Modifier.semantics { liveRegion = LiveRegionMode.Polite })
        }
        if (filling.isUsable) {
            Text(stringResource(if (filling.isComplete) R.string.screen_enrol_complete else R.string.screen_enrol_rest))
        }
    }
}

@Composable
private fun leftWords(filling: Filling): String {
    val seconds = filling.secondsLeft ?: return stringResource(R.string.screen_enrol_waiting)
    val minutes = (seconds + 59) / 60
    return pluralStringResource(R.plurals.screen_enrol_minutes_left, minutes, minutes)
}

@Composable
private fun StepWords(step: Int) = Text(stringResource(R.string.common_step, step, STEPS), style = MaterialTheme.typography.bodySmall)
