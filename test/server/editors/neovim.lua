-- What a user does in Neovim with the configuration of docs/editors.md, one line of JSON a step.

local wait_ms = 120000

local function say(step, value)
  io.stdout:write(vim.fn.json_encode({ step = step, value = value }) .. "\n")
end

local function wait_for(what, condition)
  if not vim.wait(wait_ms, condition, 20) then
    say("failed", what)
    vim.cmd("cquit")
  end
end

local messages = {}
vim.lsp.handlers["window/showMessage"] = function(_, result)
  table.insert(messages, result.message)
end

vim.cmd("edit src/lib.rs")
wait_for("diagnostics", function()
  return #vim.diagnostic.get(0) > 0
end)
local diagnostic = vim.diagnostic.get(0)[1]
say("diagnostic", { source = diagnostic.source, code = diagnostic.user_data.lsp.code, line = diagnostic.lnum })

local function ask(method, params)
  params.textDocument = { uri = vim.uri_from_bufnr(0) }
  for _, answer in pairs(vim.lsp.buf_request_sync(0, method, params, wait_ms)) do
    return answer.result
  end
end

local place = { line = diagnostic.lnum, character = diagnostic.col }
local actions = ask("textDocument/codeAction", {
  range = { start = place, ["end"] = place },
  context = { diagnostics = {} },
})
say("fix", actions[1].title)
vim.lsp.util.apply_workspace_edit(actions[1].edit, "utf-16")
vim.cmd("silent wall")
wait_for("no diagnostics", function()
  return #vim.diagnostic.get(0) == 0
end)

vim.lsp.codelens.refresh()
wait_for("lenses", function()
  return #vim.lsp.codelens.get(0) > 0
end)
local lens = vim.lsp.codelens.get(0)[1]
say("lens", lens.command.title)
vim.api.nvim_win_set_cursor(0, { lens.range.start.line + 1, 0 })
vim.lsp.codelens.run()
wait_for("an answer", function()
  return #messages > 0
end)
say("answer", messages[#messages])
vim.cmd("qall!")
