package vn.sodiaban.fieldbook.petition

import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import vn.sodiaban.fieldbook.R
import vn.sodiaban.fieldbook.core.SorterResult
import vn.sodiaban.fieldbook.core.SorterStep
import vn.sodiaban.fieldbook.core.Urgency
import vn.sodiaban.fieldbook.petition.PetitionState.Guidance
import vn.sodiaban.fieldbook.petition.PetitionState.Sorting
import vn.sodiaban.fieldbook.ui.CallButton
import vn.sodiaban.fieldbook.ui.ChoiceLine
import vn.sodiaban.fieldbook.ui.MainButton
import vn.sodiaban.fieldbook.ui.Notice
import vn.sodiaban.fieldbook.ui.Page
import vn.sodiaban.fieldbook.ui.ProblemBlock
import vn.sodiaban.fieldbook.ui.QuestionPage
import vn.sodiaban.fieldbook.ui.SectionTitle
import vn.sodiaban.fieldbook.ui.SideButton
import vn.sodiaban.fieldbook.ui.StatusChip
import vn.sodiaban.fieldbook.ui.Tone
import vn.sodiaban.fieldbook.words.example
import vn.sodiaban.fieldbook.words.sentence
import vn.sodiaban.fieldbook.words.word
import vn.sodiaban.fieldbook.words.words

/** The questions before a petition, then what it is. */
@Composable
fun SorterContent(
    step: SorterStep,
    state: PetitionState,
    onAnswer: (Boolean) -> Unit,
    onBegin: (SorterResult) -> Unit,
    onBack: () -> Unit,
    modifier: Modifier = Modifier,
) = when (step) {
    is SorterStep.Ask -> QuestionPage(
        question = stringResource(step.question.sentence()),
        step = step.number,
        steps = step.atMost,
        onBack = onBack,
        modifier = modifier,
        actions = {
            SideButton(stringResource(R.string.action_yes), { onAnswer(true) })
            SideButton(stringResource(R.string.action_no), { onAnswer(false) })
        },
    ) {
        Text(stringResource(step.question.example()))
        if (step.number == 1) Text(stringResource(R.string.screen_petition_nothing_kept), style = MaterialTheme.typography.bodySmall)
    }

    is SorterStep.Sorted -> ResultPage(step.result, state as? Sorting, { onBegin(step.result) }, onBack, modifier)
}

@Composable
private fun ResultPage(
    result: SorterResult,
    sorting: Sorting?,
    onBegin: () -> Unit,
    onBack: () -> Unit,
    modifier: Modifier = Modifier,
) = Page(
    title = stringResource(R.string.screen_petition_sorted_title, stringResource(result.kind.word())),
    modifier = modifier,
    onBack = onBack,
    actions = { MainButton(stringResource(R.string.screen_petition_begin), onBegin, isBusy = sorting?.isBusy == true) },
) {
    sorting?.problem?.let { ProblemBlock(it) }
    Way(result)
}

/** Kind, clock and way, as the core's sorter gives them. */
@Composable
internal fun ColumnScope.Way(result: SorterResult) {
    if (result.urgency == Urgency.URGENT) StatusChip(stringResource(R.string.urgency_urgent), Tone.LATE)
    Text(stringResource(result.place.sentence()))
    result.clocks.forEach { clock ->
        Text(clock.words(), style = MaterialTheme.typography.titleSmall)
        Text(clock.basis, style = MaterialTheme.typography.bodySmall)
    }
}

/** A denunciation: how and where to hand it over. Nothing of it is taken. */
@Composable
fun GuidanceContent(state: PetitionState, onAdvise: (hamletId: String) -> Unit, onLeave: () -> Unit, modifier: Modifier = Modifier) {
    val guidance = state as? Guidance
    var chosen by rememberSaveable { mutableStateOf<String?>(null) }
    val hamlet = guidance?.hamlets?.singleOrNull()?.id ?: chosen
    Page(
        title = stringResource(R.string.screen_petition_guidance_title),
        modifier = modifier,
        onBack = onLeave,
        actions = when {
            guidance == null -> null
            guidance.isNoted -> ({ MainButton(stringResource(R.string.action_done), onLeave) })
            hamlet == null -> null
            else -> ({ MainButton(stringResource(R.string.screen_petition_note_advised), { onAdvise(hamlet) }, isBusy = guidance.isBusy) })
        },
    ) {
        (state as? PetitionState.Failed)?.let { ProblemBlock(it.problem) }
        if (guidance == null) return@Page
        guidance.problem?.let { ProblemBlock(it, officePhone = guidance.officePhone) }
        if (guidance.isNoted) Notice(stringResource(R.string.screen_petition_advised))
        Text(stringResource(R.string.screen_petition_guidance_not_here))
        Text(stringResource(R.string.screen_petition_guidance_how))
        Text(stringResource(R.string.screen_petition_guidance_secret))
        guidance.officePhone?.let { CallButton(stringResource(R.string.action_call_office, it), it) }
        if (!guidance.isNoted && guidance.hamlets.size > 1) {
            SectionTitle(stringResource(R.string.screen_petition_guidance_where))
            guidance.hamlets.forEach { place -> ChoiceLine(place.name, place.id == chosen, { chosen = place.id }) }
        }
    }
}
