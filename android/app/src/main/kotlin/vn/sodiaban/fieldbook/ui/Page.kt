package vn.sodiaban.fieldbook.ui

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.RowScope
import androidx.compose.foundation.layout.WindowInsets
import androidx.compose.foundation.layout.WindowInsetsSides
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.imePadding
import androidx.compose.foundation.layout.offset
import androidx.compose.foundation.layout.only
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.safeDrawing
import androidx.compose.foundation.layout.windowInsetsPadding
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.verticalScroll
import androidx.compose.material3.HorizontalDivider
import androidx.compose.material3.IconButton
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Surface
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import vn.sodiaban.fieldbook.R

/** Room at the sides of every page. */
val PageMargin = 16.dp

/**
 * The frame of every page: a title that scrolls away, the content, and the main action pinned where the thumb is.
 * `onBack` none = a place of the bottom bar.
 */
@Composable
fun Page(
    title: String,
    modifier: Modifier = Modifier,
    onBack: (() -> Unit)? = null,
    corner: (@Composable RowScope.() -> Unit)? = null,
    actions: (@Composable ColumnScope.() -> Unit)? = null,
    content: @Composable ColumnScope.() -> Unit,
) {
    Column(modifier.fillMaxSize().imePadding()) {
        Column(
            Modifier
                .weight(1f)
                .verticalScroll(rememberScrollState())
                .windowInsetsPadding(WindowInsets.safeDrawing.only(WindowInsetsSides.Top + WindowInsetsSides.Horizontal))
                .padding(horizontal = PageMargin)
                .padding(bottom = PageMargin),
            verticalArrangement = Arrangement.spacedBy(12.dp),
        ) {
            PageTop(title, onBack, corner)
            content()
        }
        if (actions != null) PinnedActions(isLowest = onBack != null, content = actions)
    }
}

/** The first line of a page: the way back, the title, and what sits in the corner. */
@Composable
fun PageTop(title: String, onBack: (() -> Unit)?, corner: (@Composable RowScope.() -> Unit)?, modifier: Modifier = Modifier) {
    val words: @Composable (Modifier) -> Unit = { modifier ->
        Text(title, modifier.semantics { heading() }, style = MaterialTheme.typography.headlineSmall)
    }
    if (onBack == null) {
        // Beside a long title, or a large one, the corner would leave a word to a line: it goes below.
        FlowRow(
            Modifier.fillMaxWidth().heightIn(min = 64.dp).padding(vertical = 8.dp),
            horizontalArrangement = Arrangement.SpaceBetween,
            verticalArrangement = Arrangement.Center,
            itemVerticalAlignment = Alignment.CenterVertically,
        ) {
            words(Modifier)
            corner?.invoke(this)
        }
    } else {
        Column {
            Row(Modifier.fillMaxWidth().heightIn(min = 56.dp), verticalAlignment = Alignment.CenterVertically) {
                IconButton(onClick = onBack, Modifier.offset(x = -IconInset)) {
                    WordIcon(R.drawable.ic_back, description = stringResource(R.string.action_back))
                }
                Row(Modifier.weight(1f), Arrangement.End, Alignment.CenterVertically) { corner?.invoke(this) }
            }
            words(Modifier)
        }
    }
}

/** Between the edge of an icon's target and the icon. */
private val IconInset = 12.dp

/** What one does here: stays in sight while the page scrolls. */
@Composable
fun PinnedActions(modifier: Modifier = Modifier, isLowest: Boolean = true, content: @Composable ColumnScope.() -> Unit) {
    val sides = if (isLowest) WindowInsetsSides.Bottom + WindowInsetsSides.Horizontal else WindowInsetsSides.Horizontal
    Surface(modifier.fillMaxWidth(), color = MaterialTheme.colorScheme.surface) {
        Column {
            HorizontalDivider()
            Column(
                Modifier
                    .windowInsetsPadding(WindowInsets.safeDrawing.only(sides))
                    .padding(horizontal = PageMargin, vertical = 8.dp),
                verticalArrangement = Arrangement.spacedBy(8.dp),
                content = content,
            )
        }
    }
}

/** A page that asks one thing; "Bước 2 trên 5" above the question. */
@Composable
fun QuestionPage(
    question: String,
    step: Int,
    steps: Int,
    onBack: () -> Unit,
    modifier: Modifier = Modifier,
    actions: (@Composable ColumnScope.() -> Unit)? = null,
    content: @Composable ColumnScope.() -> Unit,
) = Page(
    title = question,
    modifier = modifier,
    onBack = onBack,
    corner = { Text(stringResource(R.string.common_step, step, steps), style = MaterialTheme.typography.bodySmall) },
    actions = actions,
    content = content,
)

/** A heading inside a page. */
@Composable
fun SectionTitle(text: String, modifier: Modifier = Modifier) {
    Text(text, modifier.padding(top = 12.dp).semantics { heading() }, style = MaterialTheme.typography.titleMedium)
}
