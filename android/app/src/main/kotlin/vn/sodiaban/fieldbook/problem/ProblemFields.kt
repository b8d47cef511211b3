package vn.sodiaban.fieldbook.problem

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.unit.dp
import vn.sodiaban.fieldbook.R
import vn.sodiaban.fieldbook.core.Field
import vn.sodiaban.fieldbook.core.Handling
import vn.sodiaban.fieldbook.core.ProblemEntry
import vn.sodiaban.fieldbook.core.UnitLevel
import vn.sodiaban.fieldbook.core.Urgency
import vn.sodiaban.fieldbook.form.ChoiceList
import vn.sodiaban.fieldbook.form.FormFault
import vn.sodiaban.fieldbook.form.TextBox
import vn.sodiaban.fieldbook.form.faultWords
import vn.sodiaban.fieldbook.ui.Tone
import vn.sodiaban.fieldbook.words.word

/** What is wrong, in words. */
@Composable
fun ProblemText(
    problem: ProblemEntry,
    edition: Int,
    onChange: ((ProblemEntry) -> ProblemEntry) -> Unit,
    modifier: Modifier = Modifier,
    fault: FormFault? = null,
) {
    val label = stringResource(R.string.field_problem)
    TextBox(
        label = label,
        text = problem.text,
        edition = edition,
        onType = { typed -> onChange { it.copy(text = typed) } },
        modifier = modifier,
        fault = fault?.takeIf { it.field == Field.Text || it.field is Field.Problem }?.let { faultWords(label, it) },
        lines = 2,
    )
}

/** Where in the hamlet. */
@Composable
fun ProblemPlace(
    problem: ProblemEntry,
    edition: Int,
    onChange: ((ProblemEntry) -> ProblemEntry) -> Unit,
    modifier: Modifier = Modifier,
    fault: FormFault? = null,
) {
    val label = stringResource(R.string.field_where)
    TextBox(
        label = label,
        text = problem.place,
        edition = edition,
        onType = { typed -> onChange { it.copy(place = typed) } },
        modifier = modifier,
        fault = fault?.takeIf { it.field == Field.Where }?.let { faultWords(label, it) },
    )
}

/**
 * How urgent it is, and whether it was settled or goes up. Proposing goes to the commune unless another level is chosen. Not
 * `isTitled`: the page's own title asks already.
 */
@Composable
fun ProblemHandling(
    problem: ProblemEntry,
    onChange: ((ProblemEntry) -> ProblemEntry) -> Unit,
    modifier: Modifier = Modifier,
    fault: FormFault? = null,
    isTitled: Boolean = true,
) = Column(modifier.fillMaxWidth(), verticalArrangement = Arrangement.spacedBy(8.dp)) {
    val label = stringResource(R.string.field_handling)
    if (isTitled) Text(label, style = MaterialTheme.typography.titleSmall)
    ChoiceList(
        choices = (Handling.entries - Handling.UNKNOWN).map { it to stringResource(it.word()) },
        chosen = problem.handling,
        onChoose = { handling -> onChange { it.handled(handling) } },
    )
    if (fault?.field == Field.ToLevel) Text(faultWords(label, fault), color = Tone.LATE.ink)
    if (problem.handling == Handling.PROPOSED) {
        Text(stringResource(R.string.field_level), style = MaterialTheme.typography.titleSmall)
        val levels = (listOf(UnitLevel.COMMUNE, UnitLevel.PROVINCE) + listOfNotNull(problem.toLevel)).distinct()
        ChoiceList(
            choices = levels.map { it to stringResource(it.word()) },
            chosen = problem.toLevel,
            onChoose = { level -> onChange { it.copy(toLevel = level) } },
        )
    }
    Text(stringResource(R.string.field_urgency), style = MaterialTheme.typography.titleSmall)
    ChoiceList(
        choices = (Urgency.entries - Urgency.UNKNOWN).map { it to stringResource(it.word()) },
        chosen = problem.urgency,
        onChoose = { urgency -> onChange { it.copy(urgency = urgency) } },
    )
}

/** A new problem: usual urgency, nothing decided. */
fun emptyProblem(): ProblemEntry = ProblemEntry(
    hamletId = "",
    text = "",
    place = "",
    urgency = Urgency.NORMAL,
    handling = null,
    toLevel = null,
    photos = emptyList(),
)

private fun ProblemEntry.handled(handling: Handling): ProblemEntry = copy(
    handling = handling,
    toLevel = if (handling == Handling.PROPOSED) toLevel ?: UnitLevel.COMMUNE else null,
)

/** A problem on one line: what, how it was handled. */
@Composable
fun ProblemEntry.words(): String {
    val what = text.ifBlank { stringResource(R.string.problem_on_photos) }
    val urgent = stringResource(urgency.word()).takeIf { urgency != Urgency.NORMAL }
    return listOfNotNull(what, handledWords(), urgent).joinToString(" · ")
}

/** How it was handled; none when that was not said. */
@Composable
fun ProblemEntry.handledWords(): String? {
    val (handling, level) = (handling ?: return null) to toLevel
    return if (level ==
        null
    ) {
        stringResource(handling.word())
    } else {
        stringResource(R.string.problem_proposed_to, stringResource(level.word()))
    }
}
